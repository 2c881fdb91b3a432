//! Compares the properties of objects: which are declared, which are required, and
//! which are read-only or write-only.

use super::comparison::Comparison;
use super::facts::Additional;
use super::similar::without_documentation;
use crate::both::{Both, Side};
use crate::document::{Document, NodeId};
use crate::reach::Via;
use crate::rules::{self, Rule};

/// The nodes of a property, each with the part that declares it.
type Declared = Vec<(NodeId, NodeId)>;

/// Compares properties.
pub fn compare(comparison: &mut Comparison<'_, '_>) {
    let mut properties = comparison.shapes().map(|shape| {
        let properties = shape.properties.iter();
        let properties = properties.map(|(name, declared)| (*name, declared.clone()));
        properties.collect::<Vec<_>>()
    });
    for pair in properties.pair_by(|(name, _)| Some(*name)) {
        kept(comparison, pair.old.0, &pair.map(|(_, declared)| declared));
    }
    let is_renamed = properties
        .sole()
        .is_some_and(|pair| renamed(comparison, pair));
    if !is_renamed {
        for (side, (name, declared)) in properties.into_items() {
            lone(comparison, side, name, &declared);
        }
    }
    undeclared(comparison);
}

fn nodes(declared: &Declared) -> Vec<NodeId> {
    declared.iter().map(|(node, _)| *node).collect()
}

/// Whether a property is `readOnly`, and whether it is `writeOnly`.
fn flags(document: &mut Document<'_>, declared: &Declared) -> (bool, bool) {
    let mut found = (false, false);
    for (node, _) in declared {
        let node = document.resolve(*node);
        let members = document.items_of(node, "allOf");
        for place in std::iter::once(node).chain(members) {
            let schema = document.resolve(place);
            found.0 |= document.is_true(schema, "readOnly");
            found.1 |= document.is_true(schema, "writeOnly");
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

fn kept(comparison: &mut Comparison<'_, '_>, name: &str, declared: &Both<Declared>) {
    let documents = comparison.documents();
    let old = flags(documents.old, &declared.old);
    let new = flags(documents.new, &declared.new);
    let via = carried((old.0 || new.0, old.1 || new.1));
    let schemas = declared.as_ref().map(nodes);
    comparison.descend(schemas.as_ref().map(Vec::as_slice), via);
    let first = schemas.map(|nodes| nodes.first().copied());
    let Some(at) = first.transpose() else {
        return;
    };
    let refused = comparison
        .shapes()
        .map(|shape| shape.refused.contains(name));
    if !refused.are_equal() {
        let (rule, word): (&'static Rule, _) = match refused.new {
            true => (&rules::PROPERTY_REFUSED, "refused"),
            false => (&rules::CLOSED_OBJECT_PROPERTY_ADDED, "not refused any more"),
        };
        let message = format!(
            "`{name}` is {word} by a schema with `additionalProperties: false` that does not list it"
        );
        comparison.report_via(rule, at, message, via);
    }
    let required = comparison
        .shapes()
        .map(|shape| shape.required.get(name).copied());
    if let Some(part) = required.lone() {
        requirement(comparison, name, part, at, via);
    }
    mutability(comparison, name, at, Both::new(old, new));
}

/// Reports a property that became required or optional.
fn requirement(
    comparison: &mut Comparison<'_, '_>,
    name: &str,
    part: (Side, NodeId),
    at: Both<NodeId>,
    via: Via,
) {
    let rules = [
        &rules::PROPERTY_BECAME_OPTIONAL,
        &rules::PROPERTY_BECAME_REQUIRED,
    ];
    let message = format!("`{name}` became {}", part.0.pick(["optional", "required"]));
    comparison.report_lone_via(rules, part, at, message, via);
}

fn mutability(
    comparison: &mut Comparison<'_, '_>,
    name: &str,
    at: Both<NodeId>,
    flags: Both<(bool, bool)>,
) {
    let required = comparison
        .shapes()
        .map(|shape| shape.required.contains_key(name));
    let read_only = flags.map(|flags| flags.0);
    let write_only = flags.map(|flags| flags.1);
    let mut changes: Vec<(&'static Rule, &str)> = Vec::new();
    if !read_only.are_equal() {
        changes.push(match (read_only.new, required.new) {
            (true, _) => (&rules::PROPERTY_BECAME_READ_ONLY, "became read-only"),
            (false, true) => (
                &rules::REQUIRED_PROPERTY_BECAME_WRITABLE,
                "is required and not read-only any more",
            ),
            (false, false) => (
                &rules::PROPERTY_BECAME_WRITABLE,
                "is not read-only any more",
            ),
        });
    }
    if !write_only.are_equal() {
        changes.push(match (write_only.new, required.old) {
            (true, true) => (
                &rules::REQUIRED_PROPERTY_BECAME_WRITE_ONLY,
                "was required and became write-only",
            ),
            (true, false) => (&rules::PROPERTY_BECAME_WRITE_ONLY, "became write-only"),
            (false, _) => (
                &rules::PROPERTY_BECAME_READABLE,
                "is not write-only any more",
            ),
        });
    }
    for (rule, words) in changes {
        comparison.report(rule, at, format!("`{name}` {words}"));
    }
}

/// Reports a rename: one property removed, one added, equal in everything but
/// the name. Returns whether it was reported.
fn renamed(comparison: &mut Comparison<'_, '_>, pair: Both<&(&str, Declared)>) -> bool {
    let ([(old, _)], [(new, _)]) = (pair.old.1.as_slice(), pair.new.1.as_slice()) else {
        return false;
    };
    let (was, is) = (
        comparison.old.required.contains_key(pair.old.0),
        comparison.new.required.contains_key(pair.new.0),
    );
    let from = without_documentation(comparison.old_document.value(*old));
    let to = without_documentation(comparison.new_document.value(*new));
    if was != is || from != to {
        return false;
    }
    let rule = if was {
        &rules::REQUIRED_PROPERTY_RENAMED
    } else {
        &rules::PROPERTY_RENAMED
    };
    let via = carried(flags(comparison.old_document, &pair.old.1));
    let message = format!("`{}` was renamed to `{}`", pair.old.0, pair.new.0);
    comparison.report_via(rule, Both::new(*old, *new), message, via);
    comparison.descend(Both::new(&[*old], &[*new]), via);
    true
}

/// Reports a removed or added property.
fn lone(comparison: &mut Comparison<'_, '_>, side: Side, name: &str, declared: &Declared) {
    let Some((node, part)) = declared.first().copied() else {
        return;
    };
    let via = carried(flags(comparison.documents().get(side), declared));
    let other = comparison.with_other((side, part)).get(side.other());
    let at = Both::of(side, node, other);
    let is_required = comparison.shapes().get(side).required.contains_key(name);
    let other = comparison.shapes().get(side.other());
    // In the other document the property falls under `additionalProperties`.
    if let Additional::Typed(schemas) = other.additional.clone() {
        let is_required_there = other.required.contains_key(name);
        let nodes = nodes(declared);
        comparison.descend(Both::of(side, nodes.as_slice(), schemas.as_slice()), via);
        if is_required && !is_required_there {
            requirement(comparison, name, (side, part), at, via);
        }
        return;
    }
    let is_closed = matches!(other.additional, Additional::Closed(_));
    let rules: [&'static Rule; 2] = match (is_required, is_closed) {
        (true, _) => [
            &rules::REQUIRED_PROPERTY_REMOVED,
            &rules::REQUIRED_PROPERTY_ADDED,
        ],
        (false, true) => [
            &rules::PROPERTY_REFUSED,
            &rules::CLOSED_OBJECT_PROPERTY_ADDED,
        ],
        (false, false) => [&rules::PROPERTY_REMOVED, &rules::PROPERTY_ADDED],
    };
    let kind = match (side, is_required) {
        (Side::Old, _) => "",
        (Side::New, true) => " (required)",
        (Side::New, false) => " (optional)",
    };
    let message = format!("`{name}` was {}{kind}", side.verb());
    comparison.report_lone_via(rules, (side, part), at, message, via);
}

/// Compares names that are required without being declared.
fn undeclared(comparison: &mut Comparison<'_, '_>) {
    for side in Side::BOTH {
        for (name, part) in comparison.shapes().get(side).required.clone() {
            let is_known = [&comparison.old, &comparison.new]
                .iter()
                .any(|shape| shape.properties.contains_key(name));
            let other = comparison.shapes().get(side.other());
            if !is_known && !other.required.contains_key(name) {
                let at = comparison.with_other((side, part));
                requirement(comparison, name, (side, part), at, Via::PLAIN);
            }
        }
    }
}
