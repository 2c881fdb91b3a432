//! Checks the schemas of parameters: whether the generator can write their
//! values in a path, a header or a query.

use serde_json::Value;
use spec_model::{is_true, list, members, merged};

use super::Report;
use crate::{lower::is_object, query::Style};

/// Checks the schema of a parameter in a query. OpenAPI defines how a query contains a list or
/// an object of plain values. It doesn't define how a query contains other values.
pub(super) fn in_query(
    document: &Value,
    parameter: &Value,
    schema: &Value,
    pointer: &str,
    report: &mut Report,
) {
    let whole = merged(document, schema);
    let Some(style) = Style::of(parameter) else {
        report.refuse(
            pointer.trim_end_matches("/schema"),
            "the parameter's style is none that a query can have",
            "use one of form, spaceDelimited, pipeDelimited and deepObject",
        );
        return;
    };
    if style == Style::Deep && !is_object(&whole) {
        report.refuse(
            pointer,
            "the parameter is no object, and its style deepObject is for objects",
            "describe it as an object, or leave the style out",
        );
    }
    if !is_object(&whole) {
        return;
    }
    let properties = whole.get("properties").unwrap_or(&Value::Null);
    for (_, property) in members(properties, "") {
        let inner = merged(document, property);
        // With `deepObject`, brackets are nested as deep as needed.
        if is_object(&inner) && style != Style::Deep {
            refuse("an object in an object", pointer, report);
        }
    }
}

/// Checks the schema of a parameter in a path or header, which can contain exactly one value.
pub(super) fn in_text(document: &Value, schema: &Value, pointer: &str, report: &mut Report) {
    let whole = merged(document, schema);
    if is_object(&whole) {
        refuse("an object", pointer, report);
    } else if whole.get("type").is_some_and(|kind| kind == "array") {
        refuse("a list", pointer, report);
    } else if is_true(schema.get("nullable")) {
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

fn refuse(what: &str, pointer: &str, report: &mut Report) {
    report.refuse(
        pointer,
        format!("the parameter may be {what}, which the generator cannot write there"),
        "describe it as a string, and write the string yourself",
    );
}
