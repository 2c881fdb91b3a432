//! Converts a component of the document to a self-contained JSON Schema, for
//! editors and validators.
//!
//! Keywords that only OpenAPI 3.0 has, such as `nullable`, are replaced by keywords of JSON
//! Schema 2020-12.

use serde_json::{Map, Value, json};
use spec_model::{SCHEMAS, at, is_true, reachable, sites};

use crate::components::references;

/// Returns the schema of a component. `$defs` holds the components that it
/// refers to.
pub fn of_component(document: &Value, component: &str) -> Value {
    let schemas = document.pointer("/components/schemas");
    let schemas = schemas.unwrap_or(&Value::Null);
    let needed = reachable([component.to_owned()], |name| {
        let schema = schemas.get(name).unwrap_or(&Value::Null);
        let targets = references(schema).into_iter();
        targets.filter_map(|target| target.strip_prefix(SCHEMAS).map(str::to_owned))
    });
    let mut converted = json!({ "components": { "schemas": schemas } });
    sites::change_each(&mut converted, &mut |_, schema| convert(schema));
    let schemas = at(&converted, "/components/schemas");
    let found = needed.into_iter().filter_map(|name| {
        let schema = schemas?.get(&name)?.clone();
        Some((name, schema))
    });
    let mut definitions: Map<_, _> = found.collect();
    let mut root = match definitions.shift_remove(component) {
        Some(Value::Object(root)) => root,
        _ => Map::new(),
    };
    root.insert("$defs".to_owned(), Value::Object(definitions));
    Value::Object(root)
}

/// Converts the keywords of one schema.
fn convert(schema: &mut Map<String, Value>) {
    let is_nullable = is_true(schema.get("nullable"));
    let mut converted = Map::new();
    for (keyword, value) in std::mem::take(schema) {
        match (keyword.as_str(), &value) {
            ("$ref", Value::String(target)) => {
                let target = target.replacen(SCHEMAS, "#/$defs/", 1);
                converted.insert(keyword, target.into());
            }
            // Any value fits the second alternative. Editors offer the values of the first.
            ("x-extensible-enum", _) => {
                converted.insert("anyOf".to_owned(), json!([{"enum": value}, {}]));
            }
            ("nullable", _) => {}
            (name, _) if name.starts_with("x-") => {}
            _ => {
                converted.insert(keyword, value);
            }
        }
    }
    if is_nullable {
        allow_null(&mut converted);
    }
    *schema = converted;
}

fn allow_null(schema: &mut Map<String, Value>) {
    if let Some(kind) = schema.get_mut("type") {
        *kind = json!([kind.take(), "null"]);
    }
    if let Some(Value::Array(values)) = schema.get_mut("enum")
        && !values.contains(&Value::Null)
    {
        values.push(Value::Null);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_of_openapi_becomes_json_schema() {
        let document = json!({"components": {"schemas": {
            "Ticket": {
                "type": "object", "required": ["channel"], "additionalProperties": false,
                "properties": {
                    "channel": {"description": "Where.", "allOf": [
                        {"$ref": "#/components/schemas/Channel"}]},
                    "priority": {"type": "string", "enum": ["high"], "nullable": true,
                        "x-unproven": true},
                }
            },
            "Channel": {"type": "string", "x-extensible-enum": ["api"]},
            "Other": {"type": "string"},
        }}});
        assert_eq!(
            of_component(&document, "Ticket"),
            json!({
                "type": "object", "required": ["channel"], "additionalProperties": false,
                "properties": {
                    "channel": {"description": "Where.", "allOf": [{"$ref": "#/$defs/Channel"}]},
                    "priority": {"type": ["string", "null"], "enum": ["high", null]},
                },
                "$defs": {"Channel": {"type": "string", "anyOf": [{"enum": ["api"]}, {}]}}
            })
        );
    }
}
