//! Removes every `default`.
//!
//! The service applies defaults. Generated code would always send them, and a
//! later change of a default would not reach the caller.

use serde_json::Value;

pub(super) fn run(document: &mut Value) -> usize {
    super::each(document, |_, schema| {
        schema.shift_remove("default").is_some()
    })
}
