//! Has two independent validators read the document.

use anyhow::Result;

use super::CheckContext;
use crate::process::run;

pub(super) fn check(context: &CheckContext) -> Result<String> {
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
