//! Adds the limits of each schema to its description.
//!
//! Readers of the Rust docs must find the limits, although later passes remove the keywords.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use spec_model::{component, is_true, members, reference, reference_of};

use super::message_components;

pub(super) fn run(document: &mut Value) -> usize {
    let views = closed_views(document);
    let components = message_components(document);
    let of_schemas = super::each(document, |site, schema| {
        // Every field of a type in responses is read-only, so the docs don't say it.
        if !components.are_sent(&site.root) {
            schema.shift_remove("readOnly");
        }
        let limits = limits(&views, schema);
        append(schema, &limits)
    });
    of_schemas + parameters(&views, document)
}

/// Adds the limits of parameters, whose description is beside the schema.
fn parameters(views: &BTreeMap<String, String>, document: &mut Value) -> usize {
    let mut count = 0;
    super::parameters::each(document, |parameter| {
        let schema = parameter.get("schema").and_then(Value::as_object);
        let limits = schema.map(|schema| limits(views, schema));
        count += usize::from(append(parameter, &limits.unwrap_or_default()));
    });
    count
}

fn append(holder: &mut Map<String, Value>, limits: &[String]) -> bool {
    if limits.is_empty() {
        return false;
    }
    let limits = format!("Limits: {}.", limits.join("; "));
    let description = match holder.get("description").and_then(Value::as_str) {
        Some(text) => format!("{} {limits}", text.trim_end()),
        None => limits,
    };
    holder.insert("description".into(), description.into());
    true
}

fn limits(views: &BTreeMap<String, String>, schema: &Map<String, Value>) -> Vec<String> {
    let mut limits = Vec::new();
    limits.extend(range(schema, "minLength", "maxLength", " characters"));
    limits.extend(range(schema, "minItems", "maxItems", " items"));
    limits.extend(range(schema, "minProperties", "maxProperties", " members"));
    limits.extend(range(schema, "minimum", "maximum", ""));
    for keyword in ["exclusiveMinimum", "exclusiveMaximum"] {
        if is_true(schema.get(keyword)) {
            limits.push("the bound itself excluded".into());
        }
    }
    if let Some(factor) = schema.get("multipleOf") {
        limits.push(format!("a multiple of {factor}"));
    }
    if let Some(pattern) = schema.get("pattern").and_then(Value::as_str) {
        limits.push(format!("matches `{pattern}`"));
    }
    if is_true(schema.get("uniqueItems")) {
        limits.push("no item twice".into());
    }
    limits.extend(
        reference_of(schema)
            .and_then(|name| views.get(name))
            .cloned(),
    );
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
        if is_true(schema.get(keyword)) {
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

/// Returns the limit of each closed view, by the name of the view.
fn closed_views(document: &Value) -> BTreeMap<String, String> {
    let views = members(document, "/components/schemas");
    let views = views.filter_map(|(name, view)| Some((name.clone(), closed(document, view)?)));
    views.collect()
}

/// Describes the known values of an open enum that a closed view allows.
fn closed(document: &Value, view: &Value) -> Option<String> {
    let allowed = view.get("enum")?.as_array()?;
    let refused: Vec<_> = component(document, reference(view)?)?
        .get("x-extensible-enum")?
        .as_array()?
        .iter()
        .filter(|value| !allowed.contains(value))
        .map(|value| format!("`{}`", value.as_str().unwrap_or_default()))
        .collect();
    Some(if refused.is_empty() {
        "only known values may be sent".into()
    } else {
        format!(
            "only known values may be sent, except {}",
            refused.join(", ")
        )
    })
}
