//! Converts a component of the document to a self-contained JSON Schema, for
//! editors and validators.
//!
//! Keywords that only OpenAPI 3.0 has, such as `nullable`, are replaced by
//! those of JSON Schema 2020-12.

use serde_json::{Map, Value, json};
use spec_model::SCHEMAS;

/// Returns the schema of a component. `$defs` holds the components that it
/// refers to.
pub fn of_component(document: &Value, component: &str) -> Value {
    let mut definitions = Map::new();
    let mut wanted = vec![component.to_owned()];
    while let Some(name) = wanted.pop() {
        if definitions.contains_key(&name) {
            continue;
        }
        let schema = &document["components"]["schemas"][&name];
        let converted = convert(schema, &mut wanted);
        definitions.insert(name, converted);
    }
    let mut root = match definitions.shift_remove(component) {
        Some(Value::Object(root)) => root,
        _ => Map::new(),
    };
    definitions.sort_keys();
    root.insert("$defs".to_owned(), Value::Object(definitions));
    Value::Object(root)
}

fn convert(schema: &Value, wanted: &mut Vec<String>) -> Value {
    let Some(members) = schema.as_object() else {
        return schema.clone();
    };
    let mut converted = Map::new();
    for (keyword, value) in members {
        match keyword.as_str() {
            "$ref" => {
                let name = value.as_str().unwrap_or_default();
                let name = name.strip_prefix(SCHEMAS).unwrap_or(name);
                wanted.push(name.to_owned());
                converted.insert("$ref".to_owned(), json!(format!("#/$defs/{name}")));
            }
            "properties" => {
                let properties = value.as_object().into_iter().flatten();
                let properties =
                    properties.map(|(name, property)| (name.clone(), convert(property, wanted)));
                converted.insert(keyword.clone(), properties.collect());
            }
            "items" | "additionalProperties" | "not" => {
                converted.insert(keyword.clone(), convert(value, wanted));
            }
            "allOf" | "anyOf" | "oneOf" => {
                let parts = value.as_array().into_iter().flatten();
                let parts = parts.map(|part| convert(part, wanted));
                converted.insert(keyword.clone(), parts.collect());
            }
            // The second alternative allows any value. Editors offer those of
            // the first.
            "x-extensible-enum" => {
                converted.insert("anyOf".to_owned(), json!([{"enum": value}, {}]));
            }
            "nullable" => {}
            _ if keyword.starts_with("x-") => {}
            _ => {
                converted.insert(keyword.clone(), value.clone());
            }
        }
    }
    if members.get("nullable") == Some(&Value::Bool(true)) {
        allow_null(&mut converted);
    }
    Value::Object(converted)
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
