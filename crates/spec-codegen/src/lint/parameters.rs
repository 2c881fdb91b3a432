//! Checks parameters and path templates.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use spec_model::{is_true, list};

use super::{Report, parameter_schemas, references::resolve};

pub(super) fn check(
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
    let mut places = BTreeMap::new();
    let mut in_path = BTreeSet::new();
    for (holder, base) in [(item, item_base), (operation, base)] {
        // An operation may override a parameter of its path, so each list is searched
        // for repeated parameters separately.
        let mut here = BTreeSet::new();
        for (index, parameter) in list(holder, "parameters") {
            let pointer = format!("{base}/parameters/{index}");
            let parameter = resolve(document, parameter, "parameters", &pointer, report);
            let text = |name: &str| parameter.get(name).and_then(Value::as_str);
            one(document, parameter, &pointer, report);
            let (Some(name), Some(place)) = (text("name"), text("in")) else {
                continue;
            };
            match place {
                "path" => {
                    in_path.insert(name);
                }
                "header" => header_name(name, &pointer, report),
                _ => {}
            }
            if !here.insert((name, place)) {
                report.refuse(
                    &pointer,
                    format!("the parameter {name:?} in {place} is described twice"),
                    "keep one of the descriptions",
                );
            }
            if let Some(first) = places.insert(name, place).filter(|first| *first != place) {
                report.refuse(
                    pointer,
                    format!(
                        "the name {name:?} is a parameter in {first} and in {place}, and the \
                         generator keeps one of them"
                    ),
                    "leave one of them out",
                );
            }
        }
    }
    template(path, &in_path, base, report);
}

fn one(document: &Value, parameter: &Value, pointer: &str, report: &mut Report) {
    let text = |name: &str| parameter.get(name).and_then(Value::as_str);
    match (text("in"), text("style")) {
        (Some("cookie"), _) => report.refuse(
            pointer,
            "the parameter goes in a cookie, which the generator has no code for",
            "leave the parameter out, and let the transport set the cookie",
        ),
        (Some("query") | None, _) | (_, Some("simple") | None) => {}
        (Some(_), Some(style)) => report.refuse(
            format!("{pointer}/style"),
            format!("the parameter's style is {style}, which the generator has no code for"),
            "use style simple in a path or header",
        ),
    }
    if text("in") == Some("path") && !is_true(parameter.get("required")) {
        report.refuse(
            pointer,
            "the path parameter is not required",
            "add `required: true`; no path goes without it",
        );
    }
    let Some(schema) = parameter.get("schema") else {
        // `references` refuses a reference without a target.
        if parameter.get("$ref").is_none() {
            report.refuse(
                pointer,
                "the parameter has no schema",
                "describe it with `schema`; `content` is not supported",
            );
        }
        return;
    };
    let pointer = format!("{pointer}/schema");
    match text("in") {
        Some("query") => {
            parameter_schemas::in_query(document, parameter, schema, &pointer, report);
        }
        Some(_) => parameter_schemas::in_text(document, schema, &pointer, report),
        None => {}
    }
}

fn header_name(name: &str, pointer: &str, report: &mut Report) {
    let is_token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    if name.is_empty() || !name.chars().all(is_token) {
        report.refuse(
            pointer,
            format!("no header can be called {name:?}"),
            "use letters, digits and hyphens only",
        );
    }
}

/// Checks the template of a path. `described` are the parameters in the path that the
/// operation describes.
fn template(path: &str, described: &BTreeSet<&str>, base: &str, report: &mut Report) {
    let named: BTreeSet<_> = path
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name)
        .collect();
    if !path.starts_with('/') {
        report.refuse(
            base,
            format!("the path {path:?} does not start with a slash"),
            "write it from the server's URL on, as in /books",
        );
    }
    if !is_template(path) {
        report.refuse(
            base,
            format!("the braces in the path {path:?} don't close, or hold nothing"),
            "write each parameter as its name in braces, as in /books/{id}",
        );
    }
    for name in named.symmetric_difference(described) {
        report.refuse(
            base,
            format!("the path parameter {name:?} is not both in the path and described"),
            "name it in the path in braces, and describe it as a parameter with `in: path`",
        );
    }
}

/// Whether every brace encloses a parameter's name.
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
