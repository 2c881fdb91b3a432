//! Telling whether two schemas are meant to be the same one.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::document::{Document, NodeId, reference};

/// Keywords of a schema that are for readers.
const DOCUMENTATION: [&str; 4] = ["description", "title", "example", "externalDocs"];

/// A schema without what is for readers, at its top.
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

/// Whether two schemas are surely one: the same component, or the same text.
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

/// Whether one is likely a new version of the other: most of their properties
/// have the same names, or they are of the same simple type.
pub fn alike(
    old_document: &mut Document<'_>,
    new_document: &mut Document<'_>,
    old: NodeId,
    new: NodeId,
) -> bool {
    let old_names = names(old_document, old);
    let new_names = names(new_document, new);
    if old_names.is_empty() && new_names.is_empty() {
        // An integer is a number, so one is likely the other's new version too.
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
