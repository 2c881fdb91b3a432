//! The forms of resources in answers. The order of keys is that of the recorded
//! answers.

pub(crate) mod compact;
pub(crate) mod customer;
pub(crate) mod dump;
pub(crate) mod message;
pub(crate) mod ticket;

use serde::Serialize;
use serde_json::{Map, Value};

/// `{}`
#[derive(Serialize)]
struct Empty {}

/// An array that is always empty, or the type of an object that is always null.
type Nothing = [(); 0];

/// Moves these keys of an object to its end, in this order. Missing keys are
/// skipped.
pub(crate) fn moved_to_end(object: &mut Map<String, Value>, keys: &[&str]) {
    for key in keys {
        if let Some(value) = object.shift_remove(*key) {
            object.insert((*key).to_owned(), value);
        }
    }
}

/// Returns a value as JSON.
pub(crate) fn json(value: &impl Serialize) -> Value {
    // Encoding can't fail: the values have string keys and finite numbers.
    serde_json::to_value(value).unwrap_or_default()
}
