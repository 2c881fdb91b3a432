//! Serializes any value to a JSON value.

use serde::Serialize;
use serde_json::Value;

/// Returns a value as JSON, or `None` when JSON can't represent it.
///
/// It is written as text and parsed. The serializer of text is compiled for
/// every type that is sent; one that makes values would be compiled beside it.
pub(crate) fn json_value<T: Serialize + ?Sized>(value: &T) -> Option<Value> {
    parsed(&serde_json::to_vec(value).ok()?)
}

fn parsed(text: &[u8]) -> Option<Value> {
    serde_json::from_slice(text).ok()
}
