//! Finds the type of a schema, from all keywords of the schema and of its `allOf`.

use serde_json::{Map, Value};

/// Returns the type of a schema, if it is known. Integers count as numbers.
pub(crate) fn kind(schema: &Map<String, Value>) -> Option<&str> {
    if is_object(schema) {
        return Some("object");
    }
    match schema.get("type").and_then(Value::as_str) {
        Some("integer") => Some("number"),
        Some(kind) => Some(kind),
        None => {
            let values = schema.get("enum")?.as_array()?;
            values.iter().all(Value::is_string).then_some("string")
        }
    }
}

/// Whether all values of a merged schema are objects.
pub(crate) fn is_object(schema: &Map<String, Value>) -> bool {
    match schema.get("type").and_then(Value::as_str) {
        Some(kind) => kind == "object",
        None => schema.contains_key("properties"),
    }
}
