//! The JSON Schema of a line, generated from the API's document.

use std::sync::OnceLock;

use serde_json::Value;

use super::Rules;

/// The most edits between a value and a known one that count as a misspelling.
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

/// Returns the values that the API's document lists for a type of the schema,
/// such as `Channel`. For an open set these are the known values.
///
/// ```
/// assert!(gorgias_import::known_values("Channel").contains(&"internal-note".to_owned()));
/// ```
#[must_use]
pub fn known_values(name: &str) -> Vec<String> {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap_or_default();
    let schema = schema.pointer("/$defs").and_then(|all| all.get(name));
    let places = ["/enum", "/anyOf/0/enum", "/allOf/1/enum"];
    let known = places
        .iter()
        .find_map(|place| schema?.pointer(place)?.as_array());
    let known = known.into_iter().flatten();
    known.filter_map(Value::as_str).map(str::to_owned).collect()
}

/// Returns the known value that another one looks like a misspelling of.
///
/// ```
/// use gorgias_import::{known_values, nearest_value};
///
/// let channels = known_values("Channel");
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
    // In short names a single edit often makes another known name.
    let near = if value.chars().count() > 4 { NEAR } else { 1 };
    (distance(&nearest) <= near).then_some(nearest)
}

/// Returns the known channel that an unknown one may be a misspelling of.
pub(crate) fn near_channel(channel: &str) -> Option<&'static str> {
    nearest_value(known_channels(), channel)
}

/// Returns the channels that the API's document lists.
fn known_channels() -> &'static [String] {
    static CHANNELS: OnceLock<Vec<String>> = OnceLock::new();
    CHANNELS.get_or_init(|| known_values("Channel"))
}
