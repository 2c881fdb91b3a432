//! Paths, operations, parameters, bodies and responses.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::Report;
use crate::{
    names,
    sites::{METHODS, escape, is_success, list, members},
};

/// The media types of a request body that the generator has code for.
const BODIES: [&str; 4] = [
    "application/json",
    "application/octet-stream",
    "application/x-www-form-urlencoded",
    "text/plain",
];

/// The parameter styles that the generator has no code for.
const STYLES: [&str; 5] = [
    "deepObject",
    "label",
    "matrix",
    "pipeDelimited",
    "spaceDelimited",
];

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
    let text = |pointer: &str| document.pointer(pointer).is_some_and(Value::is_string);
    for (pointer, there) in [
        (
            "/paths",
            document.get("paths").is_some_and(Value::is_object),
        ),
        ("/info/title", text("/info/title")),
        ("/info/version", text("/info/version")),
    ] {
        if !there {
            report.refuse(
                pointer,
                "the document lacks this",
                "add it; OpenAPI requires it",
            );
        }
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
            operation_id(operation, &base, &mut ids, report);
            parameters(document, path, item, operation, &base, report);
            request_body(document, operation, &base, report);
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

fn parameters(
    document: &Value,
    path: &str,
    item: &Value,
    operation: &Value,
    base: &str,
    report: &mut Report,
) {
    let item_base = base
        .rsplit_once('/')
        .map_or(base, |(item_base, _)| item_base);
    let mut in_path = BTreeSet::new();
    for (holder, base) in [(item, item_base), (operation, base)] {
        for (index, parameter) in list(holder, "parameters") {
            let pointer = format!("{base}/parameters/{index}");
            let parameter = resolve(document, parameter);
            check_parameter(parameter, &pointer, report);
            if parameter.get("in").and_then(Value::as_str) == Some("path") {
                in_path.extend(parameter.get("name").and_then(Value::as_str));
            }
        }
    }
    let template: BTreeSet<_> = path
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name)
        .collect();
    if !is_template(path) {
        report.refuse(
            base,
            format!("the braces in the path {path:?} don't close, or hold nothing"),
            "write each parameter as its name in braces, as in /books/{id}",
        );
    }
    for name in template.symmetric_difference(&in_path) {
        report.refuse(
            base,
            format!("the path parameter {name:?} is not both in the path and described"),
            "name it in the path in braces, and describe it as a parameter with `in: path`",
        );
    }
}

/// Whether every brace belongs to a parameter's name.
fn is_template(path: &str) -> bool {
    let mut pieces = path.split('{');
    let has_stray = |text: &str| text.contains('}');
    let before = pieces.next().unwrap_or_default();
    !has_stray(before)
        && pieces.all(|piece| {
            piece
                .split_once('}')
                .is_some_and(|(name, after)| !name.is_empty() && !has_stray(after))
        })
}

fn check_parameter(parameter: &Value, pointer: &str, report: &mut Report) {
    let text = |name: &str| parameter.get(name).and_then(Value::as_str);
    if text("in") == Some("cookie") {
        report.refuse(
            pointer,
            "the parameter goes in a cookie, which the generator has no code for",
            "leave the parameter out, and let the transport set the cookie",
        );
    }
    if let Some(style) = text("style").filter(|style| STYLES.contains(style)) {
        report.refuse(
            format!("{pointer}/style"),
            format!("the parameter's style is {style}, which the generator has no code for"),
            "use style form in a query and style simple in a path",
        );
    }
    if parameter.get("schema").is_none() {
        report.refuse(
            pointer,
            "the parameter has no schema",
            "describe it with `schema`; `content` is not supported",
        );
    }
}

fn request_body(document: &Value, operation: &Value, base: &str, report: &mut Report) {
    let Some(body) = operation.get("requestBody") else {
        return;
    };
    let body = resolve(document, body);
    let pointer = format!("{base}/requestBody");
    let media: Vec<_> = members(body, "/content").collect();
    let [(name, content)] = media.as_slice() else {
        report.refuse(
            pointer,
            format!(
                "the request body has {} media types, and one is wanted",
                media.len()
            ),
            "keep one, application/json where there is a choice",
        );
        return;
    };
    let pointer = format!("{pointer}/content/{}", escape(name));
    if !BODIES.contains(&bare(name)) {
        report.refuse(
            &pointer,
            format!("the generator has no code for a request body of {name}"),
            "use application/json, or leave the operation to a client of another kind",
        );
    }
    if content.get("schema").is_none() && bare(name) != "application/octet-stream" {
        report.refuse(
            pointer,
            "the request body has no schema",
            "describe it with `schema`",
        );
    }
}

fn responses(document: &Value, operation: &Value, base: &str, report: &mut Report) {
    let pointer = format!("{base}/responses");
    let mut first: Option<Option<&Value>> = None;
    let mut succeeds = false;
    for (status, response) in members(operation, "/responses") {
        succeeds |= is_success(status) || matches!(status.as_str(), "default" | "101");
        if !is_success(status) {
            continue;
        }
        let response = resolve(document, response);
        let pointer = format!("{pointer}/{}", escape(status));
        let json = members(response, "/content").find(|(media, _)| is_json(media));
        let schema = json.and_then(|(_, content)| content.get("schema"));
        if let (Some((media, _)), None) = (json, schema) {
            report.refuse(
                format!("{pointer}/content/{}", escape(media)),
                "the response has no schema",
                "describe it with `schema`; an empty one, `{}`, allows any JSON value",
            );
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

/// Whether a media type is JSON.
fn is_json(media: &str) -> bool {
    bare(media) == "application/json" || bare(media).ends_with("+json")
}

/// A media type without its parameters.
fn bare(media: &str) -> &str {
    media.split(';').next().unwrap_or_default().trim()
}

/// Follows a reference to a parameter, body or response.
pub(crate) fn resolve<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    value
        .get("$ref")
        .and_then(Value::as_str)
        .and_then(|target| document.pointer(target.strip_prefix('#')?))
        .unwrap_or(value)
}
