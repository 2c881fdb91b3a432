//! Merges a schema with its `allOf` into one set of keywords.

use serde_json::{Map, Value};

use crate::{
    pointer::{list, members},
    references::{component, target},
};

/// The longest chain of `allOf` that is followed. A longer chain is taken for a cycle.
const DEPTH: usize = 32;

/// Returns the keywords of a schema and of the members of its `allOf`. References are followed.
/// If the schema and a member have the same keyword, the value in the schema wins; of two
/// members, the later one wins. `properties` and `required` are combined.
pub fn merged(document: &Value, schema: &Value) -> Map<String, Value> {
    within(document, schema, DEPTH)
}

fn within(document: &Value, schema: &Value, depth: usize) -> Map<String, Value> {
    let mut whole = Map::new();
    let Some(depth) = depth.checked_sub(1) else {
        return whole;
    };
    if let Some(name) = schema.as_object().and_then(target) {
        return component(document, name)
            .map(|schema| within(document, schema, depth))
            .unwrap_or_default();
    }
    for (_, member) in list(schema, "allOf") {
        absorb(&mut whole, within(document, member, depth));
    }
    let own: Map<_, _> = members(schema, "")
        .filter(|(keyword, _)| *keyword != "allOf")
        .map(|(keyword, value)| (keyword.clone(), value.clone()))
        .collect();
    absorb(&mut whole, own);
    whole
}

fn absorb(whole: &mut Map<String, Value>, part: Map<String, Value>) {
    for (keyword, value) in part {
        match (whole.get_mut(&keyword), value) {
            (Some(Value::Object(properties)), Value::Object(more)) if keyword == "properties" => {
                properties.extend(more);
            }
            (Some(Value::Array(required)), Value::Array(more)) if keyword == "required" => {
                required.extend(more);
            }
            (_, value) => {
                whole.insert(keyword, value);
            }
        }
    }
}
