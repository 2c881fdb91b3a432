//! Guesses whether two schemas are versions of the same one.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::document::{Document, NodeId, reference};

/// Keywords of a schema that are documentation.
const DOCUMENTATION: [&str; 4] = ["description", "title", "example", "externalDocs"];

/// Returns a schema without its own documentation; that of schemas inside
/// stays.
pub fn without_documentation(schema: &Value) -> Value {
    let Some(object) = schema.as_object() else {
        return schema.clone();
    };
    let kept = object.iter().filter(|(key, _)| {
        let extension = key.starts_with("x-") && *key != "x-extensible-enum";
        !extension && !DOCUMENTATION.contains(&key.as_str())
    });
    Value::Object(
        kept.map(|(key, value)| (key.clone(), value.clone()))
            .collect(),
    )
}

/// Whether two schemas are surely the same: one component, or equal texts.
pub fn same(
    old_document: &mut Document<'_>,
    new_document: &mut Document<'_>,
    old: NodeId,
    new: NodeId,
) -> bool {
    let references = (
        reference(old_document.value(old)),
        reference(new_document.value(new)),
    );
    if let (Some(old), Some(new)) = references {
        return old == new;
    }
    let (old, new) = (old_document.resolve(old), new_document.resolve(new));
    without_documentation(old_document.value(old)) == without_documentation(new_document.value(new))
}

/// Whether one is probably a new version of the other: at least half of all
/// their property names are shared, or they have the same simple type.
pub fn alike(
    old_document: &mut Document<'_>,
    new_document: &mut Document<'_>,
    old: NodeId,
    new: NodeId,
) -> bool {
    if tags_agree(old_document, new_document, old, new) == Some(false) {
        return false;
    }
    let old_names = names(old_document, old);
    let new_names = names(new_document, new);
    if old_names.is_empty() && new_names.is_empty() {
        // Integers and numbers count as the same type, because one often
        // becomes the other.
        let kind = |document: &mut Document<'_>, node| {
            let node = document.resolve(node);
            let kind = document.value(node).get("type").cloned();
            kind.map(|kind| {
                if kind == "integer" {
                    "number".into()
                } else {
                    kind
                }
            })
        };
        let old_kind = kind(old_document, old);
        return old_kind.is_some() && old_kind == kind(new_document, new);
    }
    let shared = old_names.intersection(&new_names).count();
    let either = old_names.union(&new_names).count();
    shared.saturating_mul(2) >= either
}

/// Whether both have the same properties with a single allowed value, and the
/// values are equal.
pub fn same_tags(
    old_document: &mut Document<'_>,
    new_document: &mut Document<'_>,
    old: NodeId,
    new: NodeId,
) -> bool {
    tags_agree(old_document, new_document, old, new) == Some(true)
}

/// Whether all properties with a single allowed value on both sides have the
/// same value. `None` if there are no such properties.
fn tags_agree(
    old_document: &mut Document<'_>,
    new_document: &mut Document<'_>,
    old: NodeId,
    new: NodeId,
) -> Option<bool> {
    let old = tags(old_document, old);
    let new = tags(new_document, new);
    let mut shared = old
        .iter()
        .filter_map(|(name, value)| Some(new.get(name)? == value))
        .peekable();
    shared.peek()?;
    Some(shared.all(|same| same))
}

fn tags<'a>(document: &mut Document<'a>, node: NodeId) -> BTreeMap<&'a str, &'a Value> {
    let node = document.resolve(node);
    let mut parts = vec![node];
    for member in document.items_of(node, "allOf") {
        parts.push(document.resolve(member));
    }
    let mut tags = BTreeMap::new();
    for part in parts {
        for (name, property) in document.entries_of(part, "properties") {
            let property = document.resolve(property);
            let values = document.value(property).get("enum");
            if let Some([value]) = values.and_then(Value::as_array).map(Vec::as_slice) {
                tags.insert(name, value);
            }
        }
    }
    tags
}

fn names<'a>(document: &mut Document<'a>, node: NodeId) -> BTreeSet<&'a str> {
    let node = document.resolve(node);
    let mut names: BTreeSet<&str> = BTreeSet::new();
    let mut add = |document: &mut Document<'a>, node| {
        names.extend(
            document
                .entries_of(node, "properties")
                .iter()
                .map(|(name, _)| *name),
        );
    };
    add(document, node);
    for member in document.items_of(node, "allOf") {
        let member = document.resolve(member);
        add(document, member);
    }
    names
}
