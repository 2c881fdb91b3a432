//! Moves `nullable` from components to where they are used.
//!
//! A component that says it may be null, as strict readers of OpenAPI 3.0
//! need, becomes a wrapper around an option in Rust. The places that use it
//! become options instead.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use spec_model::{escape, members, reference_of};

use super::{Directions, Pass};

pub(super) const PASS: Pass<Value> = Pass {
    name: "nullable components",
    ours: true,
    run,
};

fn run(document: &mut Value) -> usize {
    let schemas = document.pointer_mut("/components/schemas");
    let schemas = schemas.and_then(Value::as_object_mut);
    for schema in schemas.into_iter().flat_map(|all| all.values_mut()) {
        without_null(schema);
    }
    let nullable: BTreeSet<String> = members(document, "/components/schemas")
        .filter(|(_, schema)| schema.get("nullable") == Some(&Value::Bool(true)))
        .map(|(name, _)| name.clone())
        .collect();
    for name in &nullable {
        let pointer = format!("/components/schemas/{}", escape(name));
        if let Some(Value::Object(schema)) = document.pointer_mut(&pointer) {
            schema.shift_remove("nullable");
        }
    }
    // Entries of a received list or map that are null are left out by its
    // reader, so only a sent one needs the option.
    let directions = Directions::of(document);
    super::each(document, |site, schema| {
        let wanted = site.property.is_some() || (!site.is_root && directions.is_sent(site));
        let refers = reference_of(schema).is_some_and(|name| nullable.contains(name));
        if wanted && refers && !is_wrapped(site.pointer) {
            if let Some(target) = schema.shift_remove("$ref") {
                schema.insert("allOf".into(), json!([{ "$ref": target }]));
            }
            schema.insert("nullable".into(), true.into());
        }
        wanted && refers
    });
    nullable.len()
}

/// Null among the values of an enum says the same as `nullable`, and strict
/// readers need both.
fn without_null(schema: &mut Value) {
    let values = schema.get_mut("enum").and_then(Value::as_array_mut);
    let Some(values) = values.filter(|values| values.contains(&Value::Null)) else {
        return;
    };
    values.retain(|value| !value.is_null());
    schema["nullable"] = true.into();
}

/// The reference inside an `allOf` is no use of its own.
fn is_wrapped(pointer: &str) -> bool {
    pointer.rsplit('/').nth(1) == Some("allOf")
}
