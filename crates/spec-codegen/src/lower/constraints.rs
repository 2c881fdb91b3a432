//! Removes limits from schemas.
//!
//! The generator ignores some limits, and makes a newtype for others. The errors of such a
//! newtype name no field, and it refuses responses too. The generated validation checks all
//! limits, and only in requests.

use serde_json::Value;
use spec_model::LIMITS;

/// The formats whose Rust type accepts every value of the schema.
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
