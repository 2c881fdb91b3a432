//! Moves `nullable` from components to the references to them.
//!
//! Strict readers of OpenAPI 3.0 require `nullable` in the component. Of such a component, the
//! generator makes a wrapper around an `Option`. With this pass, the fields that use the
//! component become `Option`s instead.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use spec_model::{is_true, reference_of};

use super::message_components;

pub(super) fn run(document: &mut Value) -> usize {
    let mut nullable = BTreeSet::new();
    let schemas = document.pointer_mut("/components/schemas");
    let schemas = schemas.and_then(Value::as_object_mut);
    for (name, schema) in schemas.into_iter().flatten() {
        without_null(schema);
        if let Value::Object(schema) = schema
            && is_true(schema.get("nullable"))
        {
            schema.shift_remove("nullable");
            nullable.insert(name.clone());
        }
    }
    // The lenient reader of a list or map drops entries that are null. So only entries in
    // requests need an `Option`.
    let components = message_components(document);
    super::each(document, |site, schema| {
        let wanted = site.property.is_some() || (!site.is_root && components.are_sent(&site.root));
        let refers = reference_of(schema).is_some_and(|name| nullable.contains(name));
        if wanted && refers && !is_wrapped(&site.pointer) {
            if let Some(target) = schema.shift_remove("$ref") {
                schema.insert("allOf".into(), json!([{ "$ref": target }]));
            }
            schema.insert("nullable".into(), true.into());
        }
        wanted && refers
    });
    nullable.len()
}

/// Removes null from the values of an enum, and sets `nullable` instead. The document has
/// both, because strict readers of OpenAPI 3.0 require both.
fn without_null(schema: &mut Value) {
    let values = schema.get_mut("enum").and_then(Value::as_array_mut);
    let Some(values) = values.filter(|values| values.contains(&Value::Null)) else {
        return;
    };
    values.retain(|value| !value.is_null());
    schema["nullable"] = true.into();
}

/// Whether a schema is a member of an `allOf`. The schema around the `allOf` gets the
/// `nullable`.
fn is_wrapped(pointer: &str) -> bool {
    pointer.rsplit('/').nth(1) == Some("allOf")
}
