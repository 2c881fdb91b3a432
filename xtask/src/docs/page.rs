//! The page: the document, the renderer, and how they are put together.

use std::fs;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::tools::Tools;

const PAGE: &str = include_str!("../../reference/page.html");

/// What the renderer would load.
const LOGO: &str = "https://cdn.redoc.ly/redoc/logo-mini.svg";

/// The whole page.
pub(super) fn render(document: &Value, tools: &Tools) -> Result<String> {
    let renderer = tools
        .node_modules()?
        .join("redoc/bundles/redoc.standalone.js");
    let renderer = fs::read_to_string(&renderer)
        .with_context(|| format!("cannot read {}", renderer.display()))?;
    // The page loads nothing, so the renderer's logo goes.
    let renderer = renderer.replace(LOGO, "data:,");
    let title = document.pointer("/info/title").and_then(Value::as_str);
    // Everything is open, so that a browser's search finds every field.
    let options = json!({
        "expandResponses": "200,201",
        "generatedSamplesMaxDepth": 4,
        "hideDownloadButtons": true,
        "jsonSamplesExpandLevel": "all",
        "schemasExpansionLevel": "all",
        "showExtensions": ["x-unproven"],
    });
    // The renderer is put in last: no other text is looked for in it.
    Ok(PAGE
        .replace("{title}", title.unwrap_or("API reference"))
        .replace("{options}", &options.to_string())
        .replace("{document}", &in_script(&document.to_string()))
        .replacen("{renderer}", &in_script(&renderer), 1))
}

/// Text that may stand in a script element without ending it.
fn in_script(text: &str) -> String {
    text.replace("</script", "<\\/script")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_script_ends_it() {
        let text = in_script(&json!({"a": "</script><b>"}).to_string());
        assert!(!text.contains("</script"));
        let back: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(back["a"], "</script><b>");
    }
}
