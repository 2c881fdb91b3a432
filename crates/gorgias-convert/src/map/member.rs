//! Members of a map, with an error that names the place.

use std::fmt;

use toml::{Table, Value};

/// Why a text isn't a map.
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

pub(super) fn text_of<'a>(place: &str, value: &'a Value, what: &str) -> Result<&'a str> {
    value.as_str().ok_or_else(|| wrong(place, what))
}

/// An empty text says as much as none.
pub(super) fn optional(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}
