//! Converts OpenAPI 3.0 schema objects to JSON Schema 2020-12.
//!
//! Keywords that have the same meaning in both stay as they are, and so do keywords
//! that JSON Schema ignores.

use serde_json::{Map, Value, json};

use super::int64::INT64;

/// The address of the converted document, for references.
pub(super) const DOCUMENT: &str = "urn:document";

/// Converts a schema object, or all schema objects inside a value.
pub(super) fn convert(value: &mut Value) {
    match value {
        Value::Object(keywords) => {
            if let Some(reference) = keywords.get("$ref").and_then(Value::as_str) {
                // OpenAPI 3.0 ignores members beside a reference.
                *value = json!({ "$ref": format!("{DOCUMENT}{reference}") });
                return;
            }
            convert_nullable(keywords);
            convert_format(keywords);
            keywords.values_mut().for_each(convert);
        }
        Value::Array(items) => items.iter_mut().for_each(convert),
        _ => {}
    }
}

/// `nullable` adds `null` to the type that stands beside it, and nothing else:
/// a closed `enum` still has to list `null` itself (OpenAPI 3.0.3).
fn convert_nullable(keywords: &mut Map<String, Value>) {
    if keywords.get("nullable") == Some(&Value::Bool(true))
        && let Some(kind) = keywords.get_mut("type")
    {
        *kind = json!([kind.take(), "null"]);
    }
}

/// `int64` and `int32` become ranges. Other formats are checked by name, or ignored
/// where JSON Schema doesn't have them.
fn convert_format(keywords: &mut Map<String, Value>) {
    let range = match keywords.get("format").and_then(Value::as_str) {
        Some("int64") => {
            keywords.insert(INT64.to_owned(), json!(true));
            (i64::MIN, i64::MAX)
        }
        Some("int32") => (i64::from(i32::MIN), i64::from(i32::MAX)),
        _ => return,
    };
    keywords.entry("minimum").or_insert(json!(range.0));
    keywords.entry("maximum").or_insert(json!(range.1));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn converts(from: Value, to: Value) {
        let mut converted = from.clone();
        convert(&mut converted);
        assert_eq!(converted, to, "{from}");
    }

    #[test]
    fn nullable_adds_null_to_the_type() {
        converts(
            json!({"type": "string", "nullable": true, "maxLength": 3}),
            json!({"type": ["string", "null"], "nullable": true, "maxLength": 3}),
        );
    }

    #[test]
    fn nullable_without_a_type_changes_nothing() {
        converts(json!({"nullable": true}), json!({"nullable": true}));
    }

    #[test]
    fn nullable_does_not_open_a_closed_set() {
        converts(
            json!({"type": "string", "nullable": true, "enum": ["a"]}),
            json!({"type": ["string", "null"], "nullable": true, "enum": ["a"]}),
        );
    }

    #[test]
    fn a_64_bit_integer_is_a_range() {
        converts(
            json!({"type": "integer", "format": "int64", "minimum": 1}),
            json!({"type": "integer", "format": "int64", "int64": true, "minimum": 1,
                "maximum": i64::MAX}),
        );
    }

    #[test]
    fn references_point_at_the_definitions_and_stand_alone() {
        converts(
            json!({"$ref": "#/components/schemas/Via", "description": "x"}),
            json!({"$ref": "urn:document#/components/schemas/Via"}),
        );
    }

    #[test]
    fn a_property_may_have_the_name_of_a_keyword() {
        let schema = json!({
            "type": "object", "description": "x", "example": {}, "x-thing": 1,
            "properties": {
                "type": {"type": "string", "example": "e"},
                "format": {"type": "string"}, "nullable": {},
            }
        });
        converts(schema.clone(), schema);
    }

    #[test]
    fn children_are_converted() {
        let child = json!({"type": "integer", "nullable": true});
        let converted = json!({"type": ["integer", "null"], "nullable": true});
        converts(
            json!({"items": child, "allOf": [child], "not": child, "additionalProperties": child}),
            json!({"items": converted, "allOf": [converted], "not": converted,
                   "additionalProperties": converted}),
        );
    }
}
