//! The document is of use to other languages: its TypeScript types compile.

use anyhow::Result;

use super::Place;
use crate::process::run;

pub(super) fn check(place: &Place) -> Result<String> {
    let folder = place.scratch("typescript")?;
    let types = folder.join("gorgias.d.ts");
    run(place
        .tools
        .node("openapi-typescript")?
        // A default is the service's business: it makes no field required.
        .arg("--default-non-nullable=false")
        .arg(place.spec())
        .arg("--output")
        .arg(&types)
        .stderr(std::process::Stdio::null()))?;
    let usage = folder.join("usage.ts");
    std::fs::copy(place.file("usage.ts"), &usage)?;
    run(place
        .tools
        .node("tsc")?
        .args(["--noEmit", "--strict", "--target", "es2022"])
        .args(["--module", "es2022", "--moduleResolution", "bundler"])
        .arg(&types)
        .arg(&usage))?;
    Ok("the TypeScript compiler on the document's types".to_owned())
}
