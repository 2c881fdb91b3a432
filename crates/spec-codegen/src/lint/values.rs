//! Checks the values of enums.

use std::collections::BTreeSet;

use serde_json::Value;
use spec_model::list;

use super::Report;

/// The types of OpenAPI 3.0.
pub(super) const TYPES: [&str; 6] = ["array", "boolean", "integer", "number", "object", "string"];

pub(super) fn check(schema: &Value, pointer: &str, report: &mut Report) {
    for keyword in ["enum", "x-extensible-enum"] {
        let pointer = format!("{pointer}/{keyword}");
        types(schema, keyword, &pointer, report);
        variants(schema, keyword, &pointer, report);
    }
}

/// Checks that each value has the type of the schema. If the schema has no type, all values
/// must have the type of the first value.
fn types(schema: &Value, keyword: &str, pointer: &str, report: &mut Report) {
    let first = || {
        let mut values = list(schema, keyword).map(|(_, value)| value);
        values.find(|value| !value.is_null()).map(kind)
    };
    let declared = schema.get("type").and_then(Value::as_str);
    let Some(wanted) = declared.or_else(first) else {
        return;
    };
    if !TYPES.contains(&wanted) {
        return;
    }
    for (index, value) in list(schema, keyword) {
        let fits = match wanted {
            "integer" => value.is_i64() || value.is_u64(),
            _ => kind(value) == wanted,
        };
        if !fits && !value.is_null() {
            report.refuse(
                format!("{pointer}/{index}"),
                format!("the value {value} is not of the type {wanted}"),
                "write every value as the type says; in quotes, a number is a string",
            );
        }
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// Reports null, and values that are listed twice.
fn variants(schema: &Value, keyword: &str, pointer: &str, report: &mut Report) {
    let mut values = BTreeSet::new();
    for (index, value) in list(schema, keyword) {
        if value.is_null() {
            report.convention(
                format!("{pointer}/{index}"),
                "null stands among the values",
                "write `nullable: true` instead",
            );
        } else if let Value::String(value) = value
            && !values.insert(value)
        {
            report.convention(
                format!("{pointer}/{index}"),
                format!("the value {value:?} is listed twice"),
                "keep one of them",
            );
        }
    }
}
