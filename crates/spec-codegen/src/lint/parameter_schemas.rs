//! Checks the schemas of parameters: whether the generator can write their
//! values in a path, a header or a query.

use serde_json::{Map, Value};
use spec_model::{list, members, merged};

use super::Report;
use crate::query::Style;

/// Checks the schema of a parameter in a query. OpenAPI says how a list and an
/// object of plain values are written there, and nothing of other values.
pub(super) fn in_query(
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

/// Checks the schema of a parameter in a path or header, which can hold exactly
/// one value.
pub(super) fn in_text(document: &Value, schema: &Value, pointer: &str, report: &mut Report) {
    let whole = merged(document, schema);
    if kind(&whole) == Some("object") || whole.contains_key("properties") {
        refuse("an object", pointer, report);
    } else if kind(&whole) == Some("array") {
        refuse("a list", pointer, report);
    } else if schema.get("nullable") == Some(&Value::Bool(true)) {
        refuse("null", pointer, report);
    }
    for keyword in ["oneOf", "anyOf"] {
        for (index, member) in list(schema, keyword) {
            in_text(
                document,
                member,
                &format!("{pointer}/{keyword}/{index}"),
                report,
            );
        }
    }
}

fn kind(schema: &Map<String, Value>) -> Option<&str> {
    schema.get("type").and_then(Value::as_str)
}

fn refuse(what: &str, pointer: &str, report: &mut Report) {
    report.refuse(
        pointer,
        format!("the parameter may be {what}, which the generator cannot write there"),
        "describe it as a string, and write the string yourself",
    );
}
