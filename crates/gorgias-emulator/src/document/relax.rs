//! Changes the document as the strictness switches say.
//!
//! A change fails when the document no longer has the part it changes. A switch
//! that silently did nothing would make a test pass for the wrong reason.

use serde_json::{Map, Value, json};

use super::DocumentError;
use super::compiler::resolve;
use crate::strictness::{Presence, Strictness, UnknownKeys};

pub(super) fn apply(
    strictness: Strictness,
    components: &mut Map<String, Value>,
) -> Result<(), DocumentError> {
    presence(components, "CreateTicket", "via", strictness.ticket_via)?;
    presence(components, "CreateMessage", "via", strictness.message_via)?;
    if strictness.tags_as_strings {
        accept_tag_strings(components)?;
    }
    if strictness.unknown_keys == UnknownKeys::Ignored {
        components.values_mut().for_each(open);
    }
    Ok(())
}

fn component<'a>(
    components: &'a mut Map<String, Value>,
    name: &str,
) -> Result<&'a mut Value, DocumentError> {
    components
        .get_mut(name)
        .ok_or_else(|| format!("there is no component {name}").into())
}

fn presence(
    components: &mut Map<String, Value>,
    name: &str,
    key: &str,
    presence: Presence,
) -> Result<(), DocumentError> {
    let required = match presence {
        Presence::AsDocumented => return Ok(()),
        Presence::Required => true,
        Presence::Optional => false,
    };
    let schema = component(components, name)?;
    if schema.pointer(&format!("/properties/{key}")).is_none() {
        return Err(format!("{name} has no {key}").into());
    }
    let Some(schema) = schema.as_object_mut() else {
        return Err(format!("{name} is not an object").into());
    };
    let list = schema.entry("required").or_insert_with(|| json!([]));
    if let Some(list) = list.as_array_mut() {
        list.retain(|name| name != key);
        if required {
            list.push(json!(key));
        }
    }
    Ok(())
}

/// Accepts a string for a tag of that name, within the name's limits.
fn accept_tag_strings(components: &mut Map<String, Value>) -> Result<(), DocumentError> {
    let name = component(components, "CreateTag")?
        .pointer("/properties/name")
        .cloned()
        .ok_or("CreateTag has no name")?;
    let items = component(components, "CreateTicket")?
        .pointer_mut("/properties/tags/items")
        .ok_or("CreateTicket has no tags")?;
    *items = json!({ "anyOf": [items.clone(), name] });
    Ok(())
}

/// Drops the keys that a schema of the document doesn't allow.
pub(super) fn drop_unknown(value: &mut Value, schema: &Value, schemas: &Map<String, Value>) {
    let schema = resolve(schemas, schema);
    match value {
        Value::Object(members) => {
            let known = schema.get("properties").and_then(Value::as_object);
            if schema.get("additionalProperties") == Some(&Value::Bool(false)) {
                members.retain(|key, _| known.is_some_and(|known| known.contains_key(key)));
            }
            for (key, value) in members {
                if let Some(schema) = known.and_then(|known| known.get(key)) {
                    drop_unknown(value, schema, schemas);
                }
            }
        }
        Value::Array(items) => {
            if let Some(schema) = schema.get("items") {
                for item in items {
                    drop_unknown(item, schema, schemas);
                }
            }
        }
        _ => {}
    }
}

/// Removes `additionalProperties: false` from a schema and all within it.
fn open(schema: &mut Value) {
    match schema {
        Value::Object(keywords) => {
            if keywords.get("additionalProperties") == Some(&Value::Bool(false)) {
                keywords.remove("additionalProperties");
            }
            keywords.values_mut().for_each(open);
        }
        Value::Array(items) => items.iter_mut().for_each(open),
        _ => {}
    }
}
