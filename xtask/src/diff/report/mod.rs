//! Presenting what was found.

mod github;
mod json;
mod markdown;
mod markup;
mod summary;
mod text;

use std::path::Path;

use serde_json::Value;
use spec_diff::Change;
use spec_diff::law::Class;

use super::arguments::Format;
use super::check::Check;
use super::comparison::Comparison;
use super::rust;

/// Everything there is to present.
#[derive(Debug)]
pub struct Report<'a> {
    /// What changed.
    pub change: &'a Comparison,
    /// What it was held against.
    pub check: &'a Check,
    /// How the outline changed.
    pub outline: Option<String>,
    /// The new document.
    pub document: &'a Value,
    /// Its text.
    pub text: &'a str,
    /// Its file.
    pub path: &'a Path,
}

impl Report<'_> {
    /// As text in a format.
    pub fn render(&self, format: Format) -> String {
        match format {
            Format::Text => text::render(self),
            Format::Markdown => markdown::render(self),
            Format::Json => json::render(self),
            Format::Github => github::render(self),
        }
    }

    /// The changes on the wire of a class.
    fn wire(&self, class: Class) -> Vec<&Change> {
        let changes = self.change.wire.changes.iter();
        changes.filter(|change| change.class == class).collect()
    }

    /// The changes in Rust of a class.
    fn rust(&self, class: rust::RustClass) -> Vec<&rust::RustChange> {
        let changes = self.change.rust.iter().flat_map(|rust| &rust.changes);
        changes.filter(|change| change.class == class).collect()
    }
}
