//! Removes `additionalProperties` from objects with properties in responses.
//!
//! The service may add fields to such objects. `polish::lenient` adds a map for unknown fields
//! to their types.

use serde_json::Value;

use super::message_components;

pub(super) fn run(document: &mut Value) -> usize {
    let components = message_components(document);
    super::each(document, |site, schema| {
        let named = schema
            .get("properties")
            .and_then(Value::as_object)
            .is_some_and(|properties| !properties.is_empty());
        named
            && components.are_received(&site.root)
            && schema.shift_remove("additionalProperties").is_some()
    })
}
