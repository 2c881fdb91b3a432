//! Refuses compositions that contain themselves. The generator copies the parts of a
//! composition, and would never end.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use spec_model::{
    SCHEMAS, at, escape, reachable,
    sites::{Root, Site},
};

use super::Report;

const COMPOSITIONS: [&str; 4] = ["allOf", "anyOf", "oneOf", "not"];

/// The keywords for which the generator merges a schema with a single `allOf` member.
/// Without these keywords, the schema is equivalent to the member, and nothing is copied.
const CONTENT: [&str; 7] = [
    "properties",
    "required",
    "additionalProperties",
    "items",
    "anyOf",
    "oneOf",
    "not",
];

pub(super) fn check(document: &Value, sites: &[Site], report: &mut Report) {
    let mut copied: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for site in sites {
        if let Root::Component(component) = &site.root
            && let Some(schema) = at(document, &site.pointer)
            && (site.is_root || is_merged(schema))
        {
            composed(schema, copied.entry(component.as_ref()).or_default());
        }
    }
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

/// Adds the components that a schema is composed of.
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

/// Whether the generator merges the parts of a schema into a copy.
fn is_merged(schema: &Value) -> bool {
    let all = schema.get("allOf").and_then(Value::as_array);
    all.is_some_and(|all| {
        let has_content = CONTENT.iter().any(|keyword| schema.get(keyword).is_some());
        all.len() > 1 || has_content
    })
}

fn leads_back(name: &str, copied: &BTreeMap<&str, BTreeSet<&str>>) -> bool {
    let parts = |name: &str| copied.get(name).into_iter().flatten().copied();
    reachable(parts(name), |name| parts(name)).contains(name)
}
