//! Renders the report as JSON, for a program.

use serde::Serialize;
use spec_diff::Wire;

use super::Report;
use super::summary::summary;
use crate::diff::rust::Rust;
use crate::diff::to_do::ToDo;
use crate::diff::versions::Versions;

#[derive(Serialize)]
struct Document<'a> {
    summary: String,
    to_do: &'a [ToDo],
    notes: &'a [String],
    wire: &'a Wire,
    rust: Option<&'a Rust>,
    /// The tag of the release from which versions are counted.
    release: Option<&'a str>,
    versions: &'a Versions,
}

/// Renders the report.
pub fn render(report: &Report<'_>) -> String {
    let check = report.check;
    let document = Document {
        summary: summary(report),
        to_do: &check.to_do,
        notes: &check.notes,
        wire: &report.change.wire,
        rust: report.change.rust.as_ref(),
        release: check.release.as_deref(),
        versions: &check.versions,
    };
    let text = serde_json::to_string_pretty(&document);
    // Strings and lists of strings can always be serialized.
    text.map(|text| text + "\n").unwrap_or_default()
}
