//! The JSON Schema of a line, generated from the API's document.

use super::Rules;

/// A value of more than four characters that differs from a known value by at most this many
/// edits counts as a misspelling of it.
const NEAR: usize = 2;

const SCHEMA: &str = include_str!("../generated/line.schema.json");

impl Rules {
    /// Returns the JSON Schema (2020-12) of a line, for editors and validators.
    /// A line that fits may still be refused, because a schema can't express
    /// all rules.
    #[must_use]
    pub fn schema() -> &'static str {
        SCHEMA
    }
}

/// Returns the known value of which `value` may be a misspelling. `None` if `value` is known
/// itself, or resembles no known value.
///
/// ```
/// use gorgias_import::nearest_value;
///
/// let channels = ["chat".to_owned(), "email".to_owned()];
/// assert_eq!(nearest_value(&channels, "emial"), Some("email"));
/// assert_eq!(nearest_value(&channels, "carrier-pigeon"), None);
/// ```
#[must_use]
pub fn nearest_value<'a>(known: &'a [String], value: &str) -> Option<&'a str> {
    if known.iter().any(|known| known == value) {
        return None;
    }
    let plain = |text: &str| text.trim().to_lowercase().replace(['_', ' '], "-");
    let value = plain(value);
    let distance = |known: &&String| strsim::osa_distance(&plain(known), &value);
    let nearest = known.iter().min_by_key(distance)?;
    // Two edits often turn one short name into another, so a short value may differ by one edit
    // only.
    let near = if value.chars().count() > 4 { NEAR } else { 1 };
    (distance(&nearest) <= near).then_some(nearest)
}
