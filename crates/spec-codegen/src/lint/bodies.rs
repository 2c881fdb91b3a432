//! Checks request bodies.

use serde_json::{Map, Value};
use spec_model::{escape, members, merged};

use super::{Report, references::resolve};
use crate::lower::{MULTIPART, SENT, bare, kind, sent};

pub(super) fn check(document: &Value, operation: &Value, base: &str, report: &mut Report) {
    let Some(body) = operation.get("requestBody") else {
        return;
    };
    let pointer = format!("{base}/requestBody");
    let body = resolve(document, body, "requestBodies", &pointer, report);
    let content = body.get("content");
    let chosen = content.and_then(|content| Some((content, sent(content)?)));
    let Some((media, name)) = chosen else {
        report.refuse(
            pointer,
            "the request body has no media type",
            "describe one, application/json where there is a choice",
        );
        return;
    };
    if members(media, "").count() > 1 {
        report.convention(
            &pointer,
            format!("the request body has several media types, and is always sent as {name}"),
            "keep one of them",
        );
    }
    let content = media.get(name).unwrap_or(&Value::Null);
    let pointer = format!("{pointer}/content/{}", escape(name));
    if !SENT.contains(&bare(name)) {
        report.refuse(
            &pointer,
            format!("the generator has no code for a request body of {name}"),
            "use application/json, or leave the operation to a client of another kind",
        );
    }
    // In a multipart body, the caller sets the type of each part.
    if bare(name) != MULTIPART {
        encoding(content, &pointer, report);
    }
    let Some(schema) = content.get("schema") else {
        report.refuse(
            pointer,
            "the request body has no schema",
            "describe it with `schema`",
        );
        return;
    };
    let pointer = format!("{pointer}/schema");
    match bare(name) {
        "application/x-www-form-urlencoded" => form(document, schema, &pointer, report),
        "application/octet-stream" => raw(document, schema, Some("binary"), &pointer, report),
        "text/plain" => raw(document, schema, None, &pointer, report),
        MULTIPART => is_object(&merged(document, schema), &pointer, report),
        _ => {}
    }
}

/// Refuses a form that isn't an object.
fn is_object(schema: &Map<String, Value>, pointer: &str, report: &mut Report) {
    if kind(schema).is_some_and(|kind| kind != "object") {
        report.refuse(
            pointer,
            "the form is not an object",
            "describe its fields as the properties of an object",
        );
    }
}

/// Checks the schema of a form. The serializer of forms supports only objects without lists
/// or objects inside.
fn form(document: &Value, schema: &Value, pointer: &str, report: &mut Report) {
    let schema = merged(document, schema);
    is_object(&schema, pointer, report);
    for (name, field) in schema
        .get("properties")
        .into_iter()
        .flat_map(|properties| members(properties, ""))
    {
        if let Some(kind @ ("array" | "object")) = kind(&merged(document, field)) {
            report.refuse(
                pointer,
                format!("the form's field {name:?} is an {kind}, which would fail when it is sent"),
                "describe the field as a string, and write the string yourself",
            );
        }
    }
}

/// Checks the schema of a body that is sent as it is.
fn raw(document: &Value, schema: &Value, format: Option<&str>, pointer: &str, report: &mut Report) {
    let schema = merged(document, schema);
    let text = |name: &str| schema.get(name).and_then(Value::as_str);
    if text("type") != Some("string") || text("format") != format || schema.contains_key("enum") {
        report.refuse(
            pointer,
            "the generator sends such a body as it is, and cannot hold it to this schema",
            match format {
                Some(_) => "describe it as `type: string` with `format: binary`, and no more",
                None => "describe it as `type: string`, and no more",
            },
        );
    }
}

/// Refuses `encoding`, which sets how the fields of a form are written.
pub(super) fn encoding(content: &Value, pointer: &str, report: &mut Report) {
    if members(content, "/encoding").next().is_some() {
        report.refuse(
            format!("{pointer}/encoding"),
            "the generator has no code for `encoding`",
            "leave it out; it means something in forms only",
        );
    }
}
