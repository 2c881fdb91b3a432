//! Serializes any value to a JSON value.

use serde::Serialize;
use serde_json::Value;

/// Returns a value as JSON, or `None` when JSON can't represent it.
///
/// The value is serialized to text, and the text is parsed. The compiler generates
/// the text serializer for every type that is sent anyway. With
/// `serde_json::to_value` it would generate a second serializer for each type.
pub(crate) fn json_value<T: Serialize + ?Sized>(value: &T) -> Option<Value> {
    parsed(&serde_json::to_vec(value).ok()?)
}

fn parsed(text: &[u8]) -> Option<Value> {
    serde_json::from_slice(text).ok()
}
