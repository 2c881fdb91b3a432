//! Checks paths, operations and responses.

use std::collections::BTreeMap;

use serde_json::Value;
use spec_model::{METHODS, escape, is_success, members};

use super::{Report, bodies, parameters, references::resolve};
use crate::{lower::is_json, marks::EFFECT, names};

/// The methods that the client doesn't support.
const UNSENT: [&str; 2] = ["options", "trace"];

pub(super) fn version(document: &Value, report: &mut Report) {
    let version = document.get("openapi").and_then(Value::as_str);
    if !version.is_some_and(|version| version.starts_with("3.0.")) {
        let version = version.unwrap_or("none");
        report.refuse(
            "/openapi",
            format!("the document's version is {version}, and the generator reads 3.0 only"),
            "write OpenAPI 3.0.3: one type per schema, `nullable: true` for null",
        );
    }
}

pub(super) fn check(document: &Value, report: &mut Report) {
    let mut ids = BTreeMap::new();
    for (path, item) in members(document, "/paths") {
        let base = format!("/paths/{}", escape(path));
        if item.get("$ref").is_some() {
            report.refuse(
                &base,
                "the path is a reference, which the generator cannot follow",
                "write the path's operations here",
            );
            continue;
        }
        for method in METHODS {
            let Some(operation) = item.get(method) else {
                continue;
            };
            let base = format!("{base}/{method}");
            if UNSENT.contains(&method) {
                report.refuse(
                    &base,
                    format!("the generator has no code for the method {method}"),
                    "leave the operation to a client of another kind",
                );
            }
            operation_id(operation, &base, &mut ids, report);
            effect(operation, &base, report);
            parameters::check(document, path, item, operation, &base, report);
            callbacks(operation, &base, report);
            bodies::check(document, operation, &base, report);
            responses(document, operation, &base, report);
        }
    }
}

fn operation_id(
    operation: &Value,
    base: &str,
    ids: &mut BTreeMap<String, String>,
    report: &mut Report,
) {
    let Some(id) = operation.get("operationId").and_then(Value::as_str) else {
        report.refuse(
            base,
            "the operation has no operationId, and its method would have no name",
            "add an operationId in snake case, such as create_ticket",
        );
        return;
    };
    let pointer = format!("{base}/operationId");
    if !id.is_ascii() || !id.starts_with(|first: char| first.is_ascii_alphabetic()) {
        report.refuse(
            &pointer,
            format!("the operationId {id:?} makes no name"),
            "start it with a letter, and use letters, digits and underscores only",
        );
    }
    if let Some(first) = ids.insert(names::snake(id), pointer.clone()) {
        report.refuse(
            pointer,
            format!("the operationId {id:?} makes the same name as the one at #{first}"),
            "give each operation a name of its own",
        );
    }
}

/// Checks the mark of operations that may be repeated. A merge must not have the mark: a merge
/// deletes a resource, so that a repeated merge finds another resource, or none.
fn effect(operation: &Value, base: &str, report: &mut Report) {
    let Some(effect) = operation.get(EFFECT) else {
        return;
    };
    let pointer = format!("{base}/{EFFECT}");
    if !matches!(effect.as_str(), Some("idempotent" | "read")) {
        report.refuse(
            pointer,
            format!("the operation's {EFFECT} is {effect}"),
            "write `idempotent` or `read`, or leave it out: then a GET reads and all else writes",
        );
        return;
    }
    let id = operation.get("operationId").and_then(Value::as_str);
    let mut words = id.unwrap_or_default().split('_');
    if words.any(|word| word.starts_with("merge")) {
        report.refuse(
            pointer,
            "the operation merges, and a merge is never repeated",
            "leave the mark out",
        );
    }
}

fn callbacks(operation: &Value, base: &str, report: &mut Report) {
    for (name, callback) in members(operation, "/callbacks") {
        if callback.get("$ref").is_some() {
            report.refuse(
                format!("{base}/callbacks/{}", escape(name)),
                "the callback is a reference, which the generator cannot follow",
                "write the callback here, or leave it out",
            );
        }
    }
}

fn responses(document: &Value, operation: &Value, base: &str, report: &mut Report) {
    let pointer = format!("{base}/responses");
    let mut first: Option<Option<&Value>> = None;
    let mut succeeds = false;
    for (status, response) in members(operation, "/responses") {
        succeeds |= is_success(status) || matches!(status.as_str(), "default" | "101");
        let pointer = format!("{pointer}/{}", escape(status));
        let response = resolve(document, response, "responses", &pointer, report);
        if status == "101" {
            report.refuse(
                pointer,
                "the response opens a connection of another kind, which the generator has no \
                 working code for",
                "leave the operation to a client of another kind",
            );
            continue;
        }
        if !is_success(status) {
            continue;
        }
        let json = members(response, "/content").find(|(media, _)| is_json(media));
        let schema = json.and_then(|(_, content)| content.get("schema"));
        if let Some((media, content)) = json {
            let pointer = format!("{pointer}/content/{}", escape(media));
            bodies::encoding(content, &pointer, report);
        }
        if let (Some((media, _)), None) = (json, schema) {
            report.refuse(
                format!("{pointer}/content/{}", escape(media)),
                "the response has no schema",
                "describe it with `schema`; an empty one, `{}`, allows any JSON value",
            );
        }
        // A success without a body is no conflict, because the method then returns an `Option`.
        if members(response, "/content").next().is_none() {
            continue;
        }
        if first.is_some_and(|first| first != schema) {
            report.refuse(
                pointer,
                "this success has another type than the one before, and a method returns one",
                "give every 2xx response the same schema, or split the operation",
            );
        }
        first.get_or_insert(schema);
    }
    if !succeeds {
        report.refuse(
            &pointer,
            "no response means success",
            "describe the status of success, such as 200 or 201",
        );
    }
}
