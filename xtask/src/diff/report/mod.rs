//! Renders the result of a review in several formats.

mod github;
mod json;
mod markdown;
mod markup;
mod summary;
mod text;

use std::path::Path;

use serde_json::Value;
use spec_diff::Change;
use spec_diff::compatibility::Class;

use super::arguments::Format;
use super::check::Check;
use super::comparison::Comparison;
use super::rust;

/// The data of a report.
#[derive(Debug)]
pub struct Report<'a> {
    /// The changes.
    pub change: &'a Comparison,
    /// The result of the check.
    pub check: &'a Check,
    /// The diff of the outline, if the format shows it.
    pub outline: Option<String>,
    /// The new document.
    pub document: &'a Value,
    /// The text of the new document.
    pub text: &'a str,
    /// The path of the new document.
    pub path: &'a Path,
}

impl Report<'_> {
    /// Renders the report in a format.
    pub fn render(&self, format: Format) -> String {
        match format {
            Format::Text => text::render(self),
            Format::Markdown => markdown::render(self),
            Format::Json => json::render(self),
            Format::Github => github::render(self),
        }
    }

    /// Returns the changes of a class on the wire.
    fn wire(&self, class: Class) -> Vec<&Change> {
        let changes = self.change.wire.changes.iter();
        changes.filter(|change| change.class == class).collect()
    }

    /// Returns the changes of a class in Rust.
    fn rust(&self, class: rust::RustClass) -> Vec<&rust::RustChange> {
        let changes = self.change.rust.iter().flat_map(|rust| &rust.changes);
        changes.filter(|change| change.class == class).collect()
    }
}
