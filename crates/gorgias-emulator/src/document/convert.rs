//! Converts OpenAPI 3.0 schema objects to JSON Schema 2020-12.
//!
//! Only keywords that assert something are kept. Descriptions, examples and
//! extensions would only make the compiled schemas larger.

use serde_json::{Map, Value, json};

use super::int64::INT64;

const COMPONENTS: &str = "#/components/schemas/";

/// The place of components in a converted schema.
pub(super) const DEFINITIONS: &str = "#/$defs/";

/// Keywords that mean the same in both and hold no schema.
const COPIED: [&str; 14] = [
    "enum",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "pattern",
    "required",
    "type",
    "uniqueItems",
];

/// Converts a schema object. A value that isn't an object becomes the empty
/// schema, which accepts everything.
pub(super) fn convert(schema: &Value) -> Value {
    let Some(schema) = schema.as_object() else {
        return json!({});
    };
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        // OpenAPI 3.0 ignores members beside a reference.
        return match reference.strip_prefix(COMPONENTS) {
            Some(name) => json!({ "$ref": format!("{DEFINITIONS}{name}") }),
            None => json!({ "$ref": reference }),
        };
    }
    let mut out = Map::new();
    for keyword in COPIED {
        if let Some(value) = schema.get(keyword) {
            out.insert(keyword.to_owned(), value.clone());
        }
    }
    convert_nullable(schema, &mut out);
    convert_format(schema, &mut out);
    exclusive(schema, &mut out, "minimum", "exclusiveMinimum");
    exclusive(schema, &mut out, "maximum", "exclusiveMaximum");
    convert_children(schema, &mut out);
    Value::Object(out)
}

/// `nullable` adds `null` to the type that stands beside it, and nothing else:
/// a closed `enum` still has to list `null` itself (OpenAPI 3.0.3).
fn convert_nullable(schema: &Map<String, Value>, out: &mut Map<String, Value>) {
    if schema.get("nullable") == Some(&Value::Bool(true))
        && let Some(kind) = schema.get("type")
    {
        out.insert("type".to_owned(), json!([kind, "null"]));
    }
}

/// `int64` and `int32` are ranges. Other formats are checked by name, or mean
/// nothing to JSON Schema and are skipped there.
fn convert_format(schema: &Map<String, Value>, out: &mut Map<String, Value>) {
    let range = match schema.get("format").and_then(Value::as_str) {
        Some("int64") => {
            out.insert(INT64.to_owned(), json!(true));
            (i64::MIN, i64::MAX)
        }
        Some("int32") => (i64::from(i32::MIN), i64::from(i32::MAX)),
        Some(format) => {
            out.insert("format".to_owned(), json!(format));
            return;
        }
        None => return,
    };
    out.entry("minimum").or_insert(json!(range.0));
    out.entry("maximum").or_insert(json!(range.1));
}

/// Converts an exclusive bound: in 3.0 a boolean beside the bound, in 2020-12 a
/// bound itself.
fn exclusive(
    schema: &Map<String, Value>,
    out: &mut Map<String, Value>,
    bound: &str,
    exclusive: &str,
) {
    if schema.get(exclusive) == Some(&Value::Bool(true))
        && let Some(limit) = out.remove(bound)
    {
        out.insert(exclusive.to_owned(), limit);
    }
}

fn convert_children(schema: &Map<String, Value>, out: &mut Map<String, Value>) {
    for keyword in ["allOf", "anyOf", "oneOf"] {
        if let Some(Value::Array(children)) = schema.get(keyword) {
            out.insert(keyword.to_owned(), children.iter().map(convert).collect());
        }
    }
    for keyword in ["items", "not"] {
        if let Some(child) = schema.get(keyword) {
            out.insert(keyword.to_owned(), convert(child));
        }
    }
    match schema.get("additionalProperties") {
        Some(Value::Bool(allowed)) => {
            out.insert("additionalProperties".to_owned(), json!(allowed));
        }
        Some(child) => {
            out.insert("additionalProperties".to_owned(), convert(child));
        }
        None => {}
    }
    if let Some(Value::Object(properties)) = schema.get("properties") {
        let properties: Map<String, Value> = properties
            .iter()
            .map(|(name, child)| (name.clone(), convert(child)))
            .collect();
        out.insert("properties".to_owned(), Value::Object(properties));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn converts(from: Value, to: Value) {
        assert_eq!(convert(&from), to, "{from}");
    }

    #[test]
    fn nullable_adds_null_to_the_type() {
        converts(
            json!({"type": "string", "nullable": true, "maxLength": 3}),
            json!({"type": ["string", "null"], "maxLength": 3}),
        );
    }

    #[test]
    fn nullable_without_a_type_changes_nothing() {
        converts(json!({"nullable": true}), json!({}));
    }

    #[test]
    fn nullable_does_not_open_a_closed_set() {
        converts(
            json!({"type": "string", "nullable": true, "enum": ["a"]}),
            json!({"type": ["string", "null"], "enum": ["a"]}),
        );
    }

    #[test]
    fn exclusive_bounds_become_bounds_of_their_own() {
        converts(
            json!({"minimum": 0, "exclusiveMinimum": true, "maximum": 9, "exclusiveMaximum": false}),
            json!({"exclusiveMinimum": 0, "maximum": 9}),
        );
    }

    #[test]
    fn a_64_bit_integer_is_a_range() {
        converts(
            json!({"type": "integer", "format": "int64", "minimum": 1}),
            json!({"type": "integer", "int64": true, "minimum": 1, "maximum": i64::MAX}),
        );
    }

    #[test]
    fn references_point_at_the_definitions_and_stand_alone() {
        converts(
            json!({"$ref": "#/components/schemas/Via", "description": "x"}),
            json!({"$ref": "#/$defs/Via"}),
        );
    }

    #[test]
    fn annotations_and_extensions_are_dropped_but_not_properties_of_that_name() {
        converts(
            json!({
                "type": "object", "description": "x", "example": {}, "x-thing": 1,
                "readOnly": true, "deprecated": true,
                "properties": {"example": {"type": "string", "example": "e"}, "nullable": {}}
            }),
            json!({
                "type": "object",
                "properties": {"example": {"type": "string"}, "nullable": {}}
            }),
        );
    }

    #[test]
    fn children_are_converted() {
        let child = json!({"type": "integer", "nullable": true});
        let converted = json!({"type": ["integer", "null"]});
        converts(
            json!({"items": child, "allOf": [child], "not": child, "additionalProperties": child}),
            json!({"items": converted, "allOf": [converted], "not": converted,
                   "additionalProperties": converted}),
        );
    }
}
