//! Drops limits from types.
//!
//! The generator would turn some into newtypes whose errors name no field,
//! enforce them on responses too, and ignore the rest. The generated
//! validation checks them all, on requests only.

use serde_json::Value;

use super::Pass;

pub(super) const PASS: Pass<Value> = Pass {
    name: "constraints",
    ours: true,
    run,
};

const LIMITS: [&str; 13] = [
    "exclusiveMaximum",
    "exclusiveMinimum",
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
    "uniqueItems",
];

/// Formats that choose a type which reads every value of its schema.
const FORMATS: [&str; 6] = ["binary", "date-time", "double", "float", "int32", "int64"];

fn run(document: &mut Value) -> usize {
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
