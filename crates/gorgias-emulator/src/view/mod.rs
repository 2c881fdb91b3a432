//! What the store holds as answers show it. The order of keys is the order of
//! the recorded answers.

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

/// An array the emulator never fills, or the type of an object it never has.
type Nothing = [(); 0];

/// Moves these keys of an object to its end, in this order; those that it does
/// not have stay away.
pub(crate) fn moved_to_end(object: &mut Map<String, Value>, keys: &[&str]) {
    for key in keys {
        if let Some(value) = object.shift_remove(*key) {
            object.insert((*key).to_owned(), value);
        }
    }
}

/// The value as JSON.
pub(crate) fn json(value: &impl Serialize) -> Value {
    // What is shown has string keys and no number that is none.
    serde_json::to_value(value).unwrap_or_default()
}
