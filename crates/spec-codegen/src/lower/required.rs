//! Makes the properties of objects in responses optional.
//!
//! A response must remain readable if the service stops sending a field. Only the `id` of a
//! resource remains required, because a resource without `id` can't be identified. The mark
//! `x-resource` says which components are resources. The mark doesn't depend on the operations
//! that return a component, so that a new operation doesn't change existing types.

use serde_json::Value;
use spec_model::is_true;

use super::message_components;
use crate::marks::RESOURCE;

pub(super) fn run(document: &mut Value) -> usize {
    let components = message_components(document);
    super::each(document, |site, schema| {
        if !components.are_received(&site.root) {
            return false;
        }
        let keeps_id = is_true(schema.get(RESOURCE));
        let Some(Value::Array(required)) = schema.get_mut("required") else {
            return false;
        };
        let before = required.len();
        required.retain(|name| keeps_id && name == "id");
        let dropped = required.len() < before;
        if required.is_empty() {
            schema.shift_remove("required");
        }
        dropped
    })
}
