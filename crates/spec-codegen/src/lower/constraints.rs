//! Removes limits from schemas.
//!
//! The generator would make newtypes of some limits, whose errors name no field
//! and which reject responses too, and ignore the others. The generated
//! validation checks all limits, on requests only.

use serde_json::Value;
use spec_model::LIMITS;

/// Formats that select a Rust type which accepts every value of the schema.
const FORMATS: [&str; 6] = ["binary", "date-time", "double", "float", "int32", "int64"];

pub(super) fn run(document: &mut Value) -> usize {
    super::each(document, |_, schema| {
        let before = schema.len();
        schema.retain(|keyword, _| !LIMITS.contains(&keyword.as_str()));
        let format = schema.get("format").and_then(Value::as_str);
        if format.is_some_and(|format| !FORMATS.contains(&format)) {
            schema.shift_remove("format");
        }
        schema.len() < before
    })
}
