//! Checks the document: two independent validators read the document, and the TypeScript
//! compiler checks types that are generated from it.

use std::process::Stdio;

use anyhow::Result;

use super::CheckContext;
use crate::process::run;

pub(super) fn validators(context: &CheckContext) -> Result<String> {
    run(context
        .tools
        .python("python")?
        .arg(context.file("document.py"))
        .arg(&context.root))?;
    run(context
        .tools
        .node("redocly")?
        .args(["lint", "--config", "spec/redocly.yaml", "gorgias"]))?;
    Ok("two validators on the document and its examples".to_owned())
}

pub(super) fn typescript(context: &CheckContext) -> Result<String> {
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
        .stderr(Stdio::null()))?;
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
