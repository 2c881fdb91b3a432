//! Writes each schema's limits into its description.
//!
//! Later passes take the keywords away, and a reader of the Rust docs must
//! still find them.

use serde_json::{Map, Value};

use super::{Directions, Pass};
use crate::sites::{METHODS, escape, list, members, reference, reference_of};

pub(super) const PASS: Pass<Value> = Pass {
    name: "limits in descriptions",
    ours: true,
    run,
};

fn run(document: &mut Value) -> usize {
    let original = document.clone();
    let directions = Directions::of(document);
    let of_schemas = super::each(document, |site, schema| {
        // Who only reads a type need not be told so.
        if !directions.is_sent(site) {
            schema.shift_remove("readOnly");
        }
        append(schema, &limits(&original, schema))
    });
    of_schemas + parameters(&original, document)
}

/// A parameter's description stands beside its schema.
fn parameters(original: &Value, document: &mut Value) -> usize {
    let mut pointers = Vec::new();
    for (path, item) in members(original, "/paths") {
        let base = format!("/paths/{}", escape(path));
        pointers.extend(list(item, "parameters").map(|(at, _)| format!("{base}/parameters/{at}")));
        for method in METHODS {
            if let Some(operation) = item.get(method) {
                pointers.extend(
                    list(operation, "parameters")
                        .map(|(at, _)| format!("{base}/{method}/parameters/{at}")),
                );
            }
        }
    }
    for (name, _) in members(original, "/components/parameters") {
        pointers.push(format!("/components/parameters/{}", escape(name)));
    }
    pointers
        .into_iter()
        .filter(|pointer| {
            let parameter = document.pointer_mut(pointer).and_then(Value::as_object_mut);
            parameter.is_some_and(|parameter| {
                let schema = parameter.get("schema").and_then(Value::as_object);
                let limits = schema.map(|schema| limits(original, schema));
                append(parameter, &limits.unwrap_or_default())
            })
        })
        .count()
}

fn append(holder: &mut Map<String, Value>, limits: &[String]) -> bool {
    if limits.is_empty() {
        return false;
    }
    let limits = format!("Limits: {}.", limits.join("; "));
    let description = match holder.get("description").and_then(Value::as_str) {
        Some(text) => format!("{}\n\n{limits}", text.trim_end()),
        None => limits,
    };
    holder.insert("description".into(), description.into());
    true
}

fn limits(document: &Value, schema: &Map<String, Value>) -> Vec<String> {
    let mut limits = Vec::new();
    limits.extend(range(schema, "minLength", "maxLength", " characters"));
    limits.extend(range(schema, "minItems", "maxItems", " items"));
    limits.extend(range(schema, "minProperties", "maxProperties", " members"));
    limits.extend(range(schema, "minimum", "maximum", ""));
    for keyword in ["exclusiveMinimum", "exclusiveMaximum"] {
        if schema.get(keyword) == Some(&Value::Bool(true)) {
            limits.push("the bound itself excluded".into());
        }
    }
    if let Some(factor) = schema.get("multipleOf") {
        limits.push(format!("a multiple of {factor}"));
    }
    if let Some(pattern) = schema.get("pattern").and_then(Value::as_str) {
        limits.push(format!("matches `{pattern}`"));
    }
    if schema.get("uniqueItems") == Some(&Value::Bool(true)) {
        limits.push("no item twice".into());
    }
    limits.extend(closed(document, schema));
    if let Some(default) = schema.get("default") {
        limits.push(match default {
            Value::String(text) => format!("`{text}` when omitted"),
            other => format!("`{other}` when omitted"),
        });
    }
    for (keyword, words) in [
        ("readOnly", "read only"),
        ("writeOnly", "write only"),
        ("deprecated", "deprecated"),
    ] {
        if schema.get(keyword) == Some(&Value::Bool(true)) {
            limits.push(words.into());
        }
    }
    limits
}

fn range(schema: &Map<String, Value>, low: &str, high: &str, unit: &str) -> Option<String> {
    match (schema.get(low), schema.get(high)) {
        (Some(low), Some(high)) => Some(format!("{low} to {high}{unit}")),
        (None, Some(high)) => Some(format!("at most {high}{unit}")),
        (Some(low), None) => Some(format!("at least {low}{unit}")),
        (None, None) => None,
    }
}

/// Which known values of an open enum may not be sent.
fn closed(document: &Value, schema: &Map<String, Value>) -> Option<String> {
    let view = format!("/components/schemas/{}", escape(reference_of(schema)?));
    let view = document.pointer(&view)?;
    let allowed = view.get("enum")?.as_array()?;
    let open = format!("/components/schemas/{}", escape(reference(view)?));
    let refused: Vec<_> = document
        .pointer(&open)?
        .get("x-extensible-enum")?
        .as_array()?
        .iter()
        .filter(|value| !allowed.contains(value))
        .map(|value| format!("`{}`", value.as_str().unwrap_or_default()))
        .collect();
    Some(if refused.is_empty() {
        "no other value may be sent".into()
    } else {
        format!("no other value may be sent, nor {}", refused.join(", "))
    })
}
