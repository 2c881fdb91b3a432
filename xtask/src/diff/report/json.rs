//! For a program.

use serde::Serialize;
use spec_diff::Wire;

use super::Report;
use crate::diff::rust::Rust;
use crate::diff::versions::Versions;

#[derive(Serialize)]
struct Document<'a> {
    wire: &'a Wire,
    rust: Option<&'a Rust>,
    versions: &'a Versions,
}

/// Renders the report.
pub fn render(report: &Report<'_>) -> String {
    let document = Document {
        wire: report.wire,
        rust: report.rust,
        versions: report.versions,
    };
    let text = serde_json::to_string_pretty(&document);
    // Strings and lists of strings have nothing in them that could fail.
    text.map(|text| text + "\n").unwrap_or_default()
}
