//! Keeps only one schema of a property that several parts of a composition describe alike.
//!
//! The generator merges the schemas of a property, and resolves their references. The
//! merge would make a needless copy of the type, and never end if the type is recursive.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};
use spec_model::{is_true, merged, reference};

pub(super) fn run(document: &mut Value) -> usize {
    if !holds_composition(document) {
        return 0;
    }
    let original = document.clone();
    super::each(document, |_, schema| {
        let Some(Value::Array(parts)) = schema.get_mut("allOf") else {
            return false;
        };
        if parts.len() < 2 {
            return false;
        }
        let wholes: Vec<_> = parts.iter().map(|part| merged(&original, part)).collect();
        let surplus = surplus(&wholes);
        for (at, names) in &surplus {
            let (Some(part), Some(whole)) = (parts.get_mut(*at), wholes.get(*at)) else {
                continue;
            };
            let mut whole = whole.clone();
            if let Some(Value::Object(properties)) = whole.get_mut("properties") {
                properties.retain(|name, _| !names.contains(name.as_str()));
            }
            *part = Value::Object(whole);
        }
        !surplus.is_empty()
    })
}

/// Whether any `allOf` has several parts. This search is faster than a walk through the
/// schemas.
fn holds_composition(value: &Value) -> bool {
    match value {
        Value::Object(members) => members.iter().any(|(name, member)| {
            let parts = member.as_array().map_or(0, Vec::len);
            (name == "allOf" && parts > 1) || holds_composition(member)
        }),
        Value::Array(items) => items.iter().any(holds_composition),
        _ => false,
    }
}

/// Returns the properties to remove, by the index of the part.
fn surplus(parts: &[Map<String, Value>]) -> BTreeMap<usize, BTreeSet<&str>> {
    let mut kept: BTreeMap<&str, (usize, &Value)> = BTreeMap::new();
    let mut surplus: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
    for (at, part) in parts.iter().enumerate() {
        let properties = part.get("properties").and_then(Value::as_object);
        for (name, property) in properties.into_iter().flatten() {
            let Some((before, other)) = kept.get(name.as_str()).copied() else {
                kept.insert(name, (at, property));
                continue;
            };
            if !is_alike(other, property) {
                continue;
            }
            // Null fits the composition only if it fits both parts, so the schema that refuses
            // null is kept.
            let stricter = is_true(other.get("nullable")) && !is_true(property.get("nullable"));
            if stricter {
                kept.insert(name, (at, property));
            }
            let dropped = if stricter { before } else { at };
            surplus.entry(dropped).or_default().insert(name);
        }
    }
    surplus
}

/// Whether two schemas are equal, or refer to one component.
pub(crate) fn is_alike(one: &Value, other: &Value) -> bool {
    one == other || reference(one).is_some_and(|name| reference(other) == Some(name))
}
