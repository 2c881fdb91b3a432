//! Reads members of a map, with errors that name the place in the map.

use std::fmt;

use toml::{Table, Value};

/// The error of a text that isn't a map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidMap(pub(super) String);

impl fmt::Display for InvalidMap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for InvalidMap {}

pub(super) type Result<T> = std::result::Result<T, InvalidMap>;

pub(super) fn wrong(place: &str, allowed: &str) -> InvalidMap {
    InvalidMap(format!("{place} must be {allowed}"))
}

pub(super) fn table<'a>(place: &str, value: &'a Value) -> Result<&'a Table> {
    value.as_table().ok_or_else(|| wrong(place, "a table"))
}

pub(super) fn text_of<'a>(place: &str, value: &'a Value, allowed: &str) -> Result<&'a str> {
    value.as_str().ok_or_else(|| wrong(place, allowed))
}

/// Reads a text. An empty text counts as none.
pub(super) fn optional(place: &str, value: &Value, allowed: &str) -> Result<Option<String>> {
    let text = text_of(place, value, allowed)?;
    Ok((!text.is_empty()).then(|| text.to_owned()))
}
