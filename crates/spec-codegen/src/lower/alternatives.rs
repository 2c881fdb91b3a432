//! Makes one object of alternatives that are all objects.
//!
//! The generator makes an enum of an `anyOf`, which cannot hold a value that
//! fits two of its members. One struct with every property optional can.

use serde_json::{Map, Value};
use spec_model::merged;

use super::Pass;

pub(super) const PASS: Pass<Value> = Pass {
    name: "alternative objects",
    ours: false,
    run,
};

fn run(document: &mut Value) -> usize {
    if !super::holds(document, "anyOf") {
        return 0;
    }
    let original = document.clone();
    super::each(document, |_, schema| {
        let Some(object) = one_object(&original, schema) else {
            return false;
        };
        schema.shift_remove("anyOf");
        for (keyword, part) in object {
            add(schema, keyword, part);
        }
        true
    })
}

/// The object that can hold any of the alternatives, if all are objects.
fn one_object(document: &Value, schema: &Map<String, Value>) -> Option<Map<String, Value>> {
    let mut properties: Map<String, Value> = Map::new();
    let mut required: Option<Vec<Value>> = None;
    for member in schema.get("anyOf")?.as_array()? {
        let member = merged(document, member);
        if !is_object(&member) {
            return None;
        }
        for (name, property) in member
            .get("properties")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
        {
            match properties.get(name) {
                // Two meanings of one name leave any value.
                Some(other) if other != property => {
                    properties.insert(name.clone(), Value::Object(Map::new()));
                }
                _ => {
                    properties.insert(name.clone(), property.clone());
                }
            }
        }
        let names = member.get("required").and_then(Value::as_array);
        let names = names.cloned().unwrap_or_default();
        required = Some(match required {
            Some(common) => common
                .into_iter()
                .filter(|name| names.contains(name))
                .collect(),
            None => names,
        });
    }
    let mut object = Map::new();
    object.insert("type".into(), "object".into());
    object.insert("properties".into(), properties.into());
    object.insert("required".into(), required.unwrap_or_default().into());
    Some(object)
}

/// Adds what the alternatives say to what stands beside them, which counts
/// whichever of them a value fits.
fn add(schema: &mut Map<String, Value>, keyword: String, part: Value) {
    match (schema.get_mut(&keyword), part) {
        (Some(Value::Object(own)), Value::Object(more)) => {
            for (name, property) in more {
                own.entry(name).or_insert(property);
            }
        }
        (Some(Value::Array(own)), Value::Array(more)) => {
            for name in more {
                if !own.contains(&name) {
                    own.push(name);
                }
            }
        }
        (_, part) => {
            schema.insert(keyword, part);
        }
    }
}

/// Whether a merged schema can only be an object.
pub(crate) fn is_object(schema: &Map<String, Value>) -> bool {
    match schema.get("type").and_then(Value::as_str) {
        Some(kind) => kind == "object",
        None => schema.contains_key("properties"),
    }
}
