//! Compares the properties of objects: which there are, which are required, and
//! which are read-only or write-only.

use serde_json::Value;

use super::comparison::Comparison;
use super::shape::Additional;
use super::similar::without_documentation;
use crate::document::{Document, NodeId};
use crate::reach::Via;
use crate::rules;

type Declared = Vec<(NodeId, NodeId)>;

/// Compares properties.
pub fn compare(comparison: &mut Comparison<'_, '_>) {
    let mut removed: Vec<(String, Declared)> = Vec::new();
    for (name, old) in comparison.old.properties.clone() {
        match comparison.new.properties.get(name).cloned() {
            Some(new) => kept(comparison, name, &old, &new),
            None => removed.push((name.to_owned(), old)),
        }
    }
    let mut added: Vec<(String, Declared)> = Vec::new();
    for (name, new) in &comparison.new.properties {
        if !comparison.old.properties.contains_key(name) {
            added.push(((*name).to_owned(), new.clone()));
        }
    }
    if !renamed(comparison, &removed, &added) {
        for (name, declared) in &removed {
            report_removed(comparison, name, declared);
        }
        for (name, declared) in &added {
            report_added(comparison, name, declared);
        }
    }
    undeclared(comparison);
}

fn nodes(declared: &Declared) -> Vec<NodeId> {
    declared.iter().map(|(node, _)| *node).collect()
}

fn first(declared: &Declared) -> Option<(NodeId, NodeId)> {
    declared.first().copied()
}

/// Whether a property is `readOnly`, and whether it is `writeOnly`.
fn flags(document: &mut Document<'_>, declared: &Declared) -> (bool, bool) {
    let mut found = (false, false);
    for (node, _) in declared {
        let node = document.resolve(*node);
        let members = document.items_of(node, "allOf");
        for place in std::iter::once(node).chain(members) {
            let schema = document.resolve(place);
            let says = |key| document.value(schema).get(key) == Some(&Value::Bool(true));
            found.0 |= says("readOnly");
            found.1 |= says("writeOnly");
        }
    }
    found
}

fn carried((read_only, write_only): (bool, bool)) -> Via {
    Via {
        flip: false,
        request: !read_only,
        response: !write_only,
    }
}

fn kept(comparison: &mut Comparison<'_, '_>, name: &str, old: &Declared, new: &Declared) {
    let old_flags = flags(comparison.old_document, old);
    let new_flags = flags(comparison.new_document, new);
    let via = carried((old_flags.0 || new_flags.0, old_flags.1 || new_flags.1));
    comparison.descend(&nodes(old), &nodes(new), via);
    let (Some((old_node, _)), Some((new_node, _))) = (first(old), first(new)) else {
        return;
    };
    let refused = (
        comparison.old.refused.contains(name),
        comparison.new.refused.contains(name),
    );
    let closed = "a schema with `additionalProperties: false` that does not list it";
    if refused == (false, true) {
        let message = format!("`{name}` is refused by {closed}");
        comparison.report_via(&rules::PROPERTY_REFUSED, old_node, new_node, message, via);
    }
    if refused == (true, false) {
        let message = format!("`{name}` is not refused any more by {closed}");
        let rule = &rules::CLOSED_OBJECT_PROPERTY_ADDED;
        comparison.report_via(rule, old_node, new_node, message, via);
    }
    requiredness(comparison, name, old_node, new_node, via);
    mutability(
        comparison,
        name,
        (old_node, old_flags),
        (new_node, new_flags),
    );
}

fn requiredness(
    comparison: &mut Comparison<'_, '_>,
    name: &str,
    old: NodeId,
    new: NodeId,
    via: Via,
) {
    let was = comparison.old.required.get(name).copied();
    let is = comparison.new.required.get(name).copied();
    match (was, is) {
        (None, Some(part)) => {
            let message = format!("`{name}` became required");
            comparison.report_gained(&rules::PROPERTY_BECAME_REQUIRED, part, new, message, via);
            comparison.point_old(old);
        }
        (Some(part), None) => {
            let message = format!("`{name}` became optional");
            comparison.report_lost(&rules::PROPERTY_BECAME_OPTIONAL, part, old, message, via);
            comparison.point_new(new);
        }
        _ => {}
    }
}

fn mutability(
    comparison: &mut Comparison<'_, '_>,
    name: &str,
    (old, old_flags): (NodeId, (bool, bool)),
    (new, new_flags): (NodeId, (bool, bool)),
) {
    let required = comparison.new.required.contains_key(name);
    let was_required = comparison.old.required.contains_key(name);
    let change = |rule, word: &str| (rule, format!("`{name}` {word}"));
    let read = match (old_flags.0, new_flags.0) {
        (false, true) => Some(change(
            &rules::PROPERTY_BECAME_READ_ONLY,
            "became read-only",
        )),
        (true, false) if required => {
            let rule = &rules::REQUIRED_PROPERTY_BECAME_WRITABLE;
            Some(change(rule, "is required and not read-only any more"))
        }
        (true, false) => Some(change(
            &rules::PROPERTY_BECAME_WRITABLE,
            "is not read-only any more",
        )),
        _ => None,
    };
    let write = match (old_flags.1, new_flags.1) {
        (false, true) if was_required => {
            let rule = &rules::REQUIRED_PROPERTY_BECAME_WRITE_ONLY;
            Some(change(rule, "was required and became write-only"))
        }
        (false, true) => Some(change(
            &rules::PROPERTY_BECAME_WRITE_ONLY,
            "became write-only",
        )),
        (true, false) => Some(change(
            &rules::PROPERTY_BECAME_READABLE,
            "is not write-only any more",
        )),
        _ => None,
    };
    for (rule, message) in read.into_iter().chain(write) {
        comparison.report(rule, old, new, message);
    }
}

/// Reports a rename: one property removed, one added, equal in everything but
/// the name. Returns whether it did.
fn renamed(
    comparison: &mut Comparison<'_, '_>,
    removed: &[(String, Declared)],
    added: &[(String, Declared)],
) -> bool {
    let ([(old_name, old)], [(new_name, new)]) = (removed, added) else {
        return false;
    };
    let was = comparison.old.required.contains_key(old_name.as_str());
    let is = comparison.new.required.contains_key(new_name.as_str());
    let ([(old_node, _)], [(new_node, _)]) = (old.as_slice(), new.as_slice()) else {
        return false;
    };
    let from = without_documentation(comparison.old_document.value(*old_node));
    let to = without_documentation(comparison.new_document.value(*new_node));
    if was != is || from != to {
        return false;
    }
    let rule = if was {
        &rules::REQUIRED_PROPERTY_RENAMED
    } else {
        &rules::PROPERTY_RENAMED
    };
    let via = carried(flags(comparison.old_document, old));
    let message = format!("`{old_name}` was renamed to `{new_name}`");
    comparison.report_via(rule, *old_node, *new_node, message, via);
    comparison.descend(&[*old_node], &[*new_node], via);
    true
}

fn report_removed(comparison: &mut Comparison<'_, '_>, name: &str, declared: &Declared) {
    let Some((node, part)) = first(declared) else {
        return;
    };
    let via = carried(flags(comparison.old_document, declared));
    let required = comparison.old.required.contains_key(name);
    let closed = matches!(comparison.new.additional, Additional::Closed(_));
    let rule = match (required, closed) {
        (true, _) => &rules::REQUIRED_PROPERTY_REMOVED,
        (false, true) => &rules::PROPERTY_REFUSED,
        (false, false) => &rules::PROPERTY_REMOVED,
    };
    // The property now falls under `additionalProperties`.
    if let Additional::Typed(others) = comparison.new.additional.clone() {
        comparison.descend(&nodes(declared), &others, via);
        if required && !comparison.new.required.contains_key(name) {
            let message = format!("`{name}` became optional");
            comparison.report_lost(&rules::PROPERTY_BECAME_OPTIONAL, part, node, message, via);
        }
        return;
    }
    let message = format!("`{name}` was removed");
    comparison.report_lost(rule, part, node, message, via);
}

fn report_added(comparison: &mut Comparison<'_, '_>, name: &str, declared: &Declared) {
    let Some((node, part)) = first(declared) else {
        return;
    };
    let via = carried(flags(comparison.new_document, declared));
    let required = comparison.new.required.contains_key(name);
    let closed = matches!(comparison.old.additional, Additional::Closed(_));
    let (rule, kind) = match (required, closed) {
        (true, _) => (&rules::REQUIRED_PROPERTY_ADDED, "required"),
        (false, true) => (&rules::CLOSED_OBJECT_PROPERTY_ADDED, "optional"),
        (false, false) => (&rules::PROPERTY_ADDED, "optional"),
    };
    // The property fell under `additionalProperties` before.
    if let Additional::Typed(others) = comparison.old.additional.clone() {
        comparison.descend(&others, &nodes(declared), via);
        if required && !comparison.old.required.contains_key(name) {
            let message = format!("`{name}` became required");
            comparison.report_gained(&rules::PROPERTY_BECAME_REQUIRED, part, node, message, via);
        }
        return;
    }
    let message = format!("`{name}` was added ({kind})");
    comparison.report_gained(rule, part, node, message, via);
}

/// Compares names that are required without being declared.
fn undeclared(comparison: &mut Comparison<'_, '_>) {
    let declared = |comparison: &Comparison<'_, '_>, name: &str| {
        comparison.old.properties.contains_key(name) || comparison.new.properties.contains_key(name)
    };
    for (name, part) in comparison.new.required.clone() {
        if !comparison.old.required.contains_key(name) && !declared(comparison, name) {
            let message = format!("`{name}` became required");
            let rule = &rules::PROPERTY_BECAME_REQUIRED;
            comparison.report_gained(rule, part, part, message, Via::PLAIN);
        }
    }
    for (name, part) in comparison.old.required.clone() {
        if !comparison.new.required.contains_key(name) && !declared(comparison, name) {
            let message = format!("`{name}` became optional");
            let rule = &rules::PROPERTY_BECAME_OPTIONAL;
            comparison.report_lost(rule, part, part, message, Via::PLAIN);
        }
    }
}
