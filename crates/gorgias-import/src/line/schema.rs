//! The JSON Schema of a line, as the API's document has it.

use std::sync::OnceLock;

use serde_json::Value;

use super::Rules;

/// A value that is this near to a known one is taken for a slip.
const NEAR: usize = 2;

const SCHEMA: &str = include_str!("../generated/line.schema.json");

impl Rules {
    /// The JSON Schema (2020-12) of a line, made from the API's document, for
    /// editors and validators. A line that fits may still be refused: some rules
    /// are none of a schema.
    #[must_use]
    pub fn schema() -> &'static str {
        SCHEMA
    }
}

/// The values that the API's document lists for a type of the schema, such as
/// `Channel`: all there are, or those that are known.
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

/// The known value that another one looks like a slip of.
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
    // Of short names one letter makes another.
    let near = if value.chars().count() > 4 { NEAR } else { 1 };
    (distance(&nearest) <= near).then_some(nearest)
}

/// The channel that one that isn't known may be a slip of.
pub(crate) fn near_channel(channel: &str) -> Option<&'static str> {
    nearest_value(known_channels(), channel)
}

/// The channels that the API's document lists.
fn known_channels() -> &'static [String] {
    static CHANNELS: OnceLock<Vec<String>> = OnceLock::new();
    CHANNELS.get_or_init(|| known_values("Channel"))
}
