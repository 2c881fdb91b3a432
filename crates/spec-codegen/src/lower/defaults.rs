//! Removes every `default`.
//!
//! The service applies the defaults. Generated code would always send them, so that a later
//! change of a default would have no effect on callers.

use serde_json::Value;

pub(super) fn run(document: &mut Value) -> usize {
    super::each(document, |_, schema| {
        schema.shift_remove("default").is_some()
    })
}
