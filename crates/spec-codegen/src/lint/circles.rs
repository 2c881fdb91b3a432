//! Compositions that lead back to themselves. Composing a schema copies what
//! it is composed of, and such a copy would hold another one, without end.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use spec_model::{SCHEMAS, escape};

use super::Report;

const COMPOSITIONS: [&str; 4] = ["allOf", "anyOf", "oneOf", "not"];

/// What makes a schema with a single `allOf` member more than that member by
/// another description.
const CONTENT: [&str; 7] = [
    "properties",
    "required",
    "additionalProperties",
    "items",
    "anyOf",
    "oneOf",
    "not",
];

pub(super) fn check(document: &Value, report: &mut Report) {
    let Some(schemas) = document
        .pointer("/components/schemas")
        .and_then(Value::as_object)
    else {
        return;
    };
    let copied: BTreeMap<&str, BTreeSet<&str>> = schemas
        .iter()
        .map(|(name, schema)| {
            let mut names = BTreeSet::new();
            composed(schema, &mut names);
            merged(schema, &mut names);
            (name.as_str(), names)
        })
        .collect();
    for name in copied.keys() {
        if leads_back(name, &copied) {
            report.refuse(
                format!("/components/schemas/{}", escape(name)),
                format!("the composition of {name} leads back to itself"),
                "refer to the schema as it is, from a property, instead of composing it",
            );
        }
    }
}

/// The components that a schema is, whole or in part.
fn composed<'a>(schema: &'a Value, names: &mut BTreeSet<&'a str>) {
    if let Some(target) = schema.get("$ref").and_then(Value::as_str) {
        names.extend(target.strip_prefix(SCHEMAS));
        return;
    }
    for keyword in COMPOSITIONS {
        match schema.get(keyword) {
            Some(Value::Array(members)) => {
                for member in members {
                    composed(member, names);
                }
            }
            Some(member) => composed(member, names),
            None => {}
        }
    }
}

/// The components that are merged anywhere inside a schema.
fn merged<'a>(schema: &'a Value, names: &mut BTreeSet<&'a str>) {
    let Value::Object(keywords) = schema else {
        return;
    };
    if let Some(Value::Array(members)) = keywords.get("allOf") {
        let has_content = CONTENT
            .iter()
            .any(|keyword| keywords.contains_key(*keyword));
        if members.len() > 1 || has_content {
            composed(schema, names);
        }
    }
    for keyword in COMPOSITIONS {
        match keywords.get(keyword) {
            Some(Value::Array(members)) => {
                for member in members {
                    merged(member, names);
                }
            }
            Some(member) => merged(member, names),
            None => {}
        }
    }
    let inner = [keywords.get("items"), keywords.get("additionalProperties")];
    for inner in inner.into_iter().flatten() {
        merged(inner, names);
    }
    if let Some(Value::Object(properties)) = keywords.get("properties") {
        for property in properties.values() {
            merged(property, names);
        }
    }
}

fn leads_back(name: &str, copied: &BTreeMap<&str, BTreeSet<&str>>) -> bool {
    let mut seen = BTreeSet::new();
    let mut left = vec![name];
    while let Some(next) = left.pop() {
        for found in copied.get(next).into_iter().flatten() {
            if *found == name {
                return true;
            }
            if seen.insert(*found) {
                left.push(found);
            }
        }
    }
    false
}
