//! Two validators that know nothing of each other read the document.

use anyhow::Result;

use super::Place;
use crate::process::run;

pub(super) fn check(place: &Place) -> Result<String> {
    run(place
        .tools
        .python("python")?
        .arg(place.file("document.py"))
        .arg(&place.root))?;
    run(place
        .tools
        .node("redocly")?
        .args(["lint", "--config", "spec/redocly.yaml", "gorgias"]))?;
    Ok("two validators on the document and its examples".to_owned())
}
