//! Writes resources as JSON, in the forms of the service's answers. Keys have the
//! order of the recorded answers.

pub(crate) mod compact;
pub(crate) mod customer;
pub(crate) mod dump;
pub(crate) mod message;
pub(crate) mod ticket;

use serde::Serialize;
use serde_json::Value;

/// Moves these keys of an object to its end, in this order. Missing keys are
/// skipped.
pub(crate) fn move_to_end(object: &mut Value, keys: &[&str]) {
    let Some(object) = object.as_object_mut() else {
        return;
    };
    for key in keys {
        if let Some(value) = object.shift_remove(*key) {
            object.insert((*key).to_owned(), value);
        }
    }
}

/// Removes these keys of an object.
fn remove(object: &mut Value, keys: &[&str]) {
    if let Some(object) = object.as_object_mut() {
        for key in keys {
            object.shift_remove(*key);
        }
    }
}

/// Sets a key of an object.
fn set(object: &mut Value, key: &str, value: Value) {
    if let Some(object) = object.as_object_mut() {
        object.insert(key.to_owned(), value);
    }
}

/// Returns a value as JSON.
fn json(value: &impl Serialize) -> Value {
    // Encoding can't fail: the values have string keys and finite numbers.
    serde_json::to_value(value).unwrap_or_default()
}
