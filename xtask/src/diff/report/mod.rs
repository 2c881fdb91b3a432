//! Presenting what was found.

mod github;
mod json;
mod markdown;
mod markup;
mod subject;
mod text;

pub use subject::subject;

use std::path::Path;

use serde_json::Value;
use spec_diff::Wire;
use spec_diff::law::Class;

use super::accepted::Accepted;
use super::arguments::Format;
use super::rust::Rust;
use super::versions::Versions;

/// Everything there is to present.
#[derive(Debug)]
pub struct Report<'a> {
    /// The wire.
    pub wire: &'a Wire,
    /// The generated crate, if it was looked at.
    pub rust: Option<&'a Rust>,
    /// The versions, if there are any.
    pub versions: &'a Versions,
    /// How the outline changed.
    pub outline: Option<String>,
    /// Breaks that were acknowledged.
    pub accepted: &'a Accepted,
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

    /// How many changes there are of a class.
    fn count(&self, class: Class) -> usize {
        let changes = self.wire.changes.iter();
        changes.filter(|change| change.class == class).count()
    }
}

/// The classes, the worst first.
const CLASSES: [Class; 3] = [Class::Breaking, Class::Compatible, Class::DocOnly];

/// How many operations are named before the rest is counted.
const NAMED: usize = 6;

/// The first few operations, and how many more there are.
pub fn operations(names: &[String]) -> String {
    let named = names
        .iter()
        .take(NAMED)
        .map(String::as_str)
        .collect::<Vec<_>>();
    match names.len().checked_sub(NAMED) {
        None | Some(0) => named.join(", "),
        Some(more) => format!("{} and {more} more", named.join(", ")),
    }
}
