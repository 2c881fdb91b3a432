//! Parameters in a query.

use serde_json::{Map, Value};
use spec_model::{members, merged};

use super::{
    Report,
    parameters::{kind, refuse},
};
use crate::query::Style;

/// OpenAPI says how a list and an object of plain values are written, and of no
/// other how.
pub(super) fn check(
    document: &Value,
    parameter: &Value,
    schema: &Value,
    pointer: &str,
    report: &mut Report,
) {
    let whole = merged(document, schema);
    let is_object = kind(&whole) == Some("object") || whole.contains_key("properties");
    let Some(style) = Style::of(parameter) else {
        report.refuse(
            pointer.trim_end_matches("/schema"),
            "the parameter's style is none that a query can have",
            "use one of form, spaceDelimited, pipeDelimited and deepObject",
        );
        return;
    };
    if style == Style::Deep && !is_object {
        report.refuse(
            pointer,
            "the parameter is no object, and its style deepObject is for objects",
            "describe it as an object, or leave the style out",
        );
    }
    if !is_object {
        return;
    }
    let properties = whole.get("properties").unwrap_or(&Value::Null);
    for (_, property) in members(properties, "") {
        let inner = merged(document, property);
        // Brackets go as deep as needed.
        if is_nested(&inner) && style != Style::Deep {
            refuse("an object in an object", pointer, report);
        }
    }
}

fn is_nested(schema: &Map<String, Value>) -> bool {
    kind(schema) == Some("object") || schema.contains_key("properties")
}
