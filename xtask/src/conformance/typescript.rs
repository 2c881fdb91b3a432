//! Checks that the TypeScript types made from the document compile.

use anyhow::Result;

use super::CheckContext;
use crate::process::run;

pub(super) fn check(context: &CheckContext) -> Result<String> {
    let folder = context.scratch("typescript")?;
    let types = folder.join("gorgias.d.ts");
    run(context
        .tools
        .node("openapi-typescript")?
        // A default doesn't make a field required.
        .arg("--default-non-nullable=false")
        .arg(context.spec())
        .arg("--output")
        .arg(&types)
        .stderr(std::process::Stdio::null()))?;
    let usage = folder.join("usage.ts");
    std::fs::copy(context.file("usage.ts"), &usage)?;
    run(context
        .tools
        .node("tsc")?
        .args(["--noEmit", "--strict", "--target", "es2022"])
        .args(["--module", "es2022", "--moduleResolution", "bundler"])
        .arg(&types)
        .arg(&usage))?;
    Ok("the TypeScript compiler on the document's types".to_owned())
}
