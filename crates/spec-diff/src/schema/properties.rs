//! Compares the properties of objects: whether a property is declared, required, read-only
//! or write-only.

use super::comparison::Comparison;
use super::keywords::Additional;
use super::similar::without_documentation;
use crate::both::{Both, Side};
use crate::document::{Document, NodeId};
use crate::reach::DirectionFilter;
use crate::rules::{self, Rule};

/// The nodes of a property, each with the part that declares it.
type Declared = Vec<(NodeId, NodeId)>;

/// Compares the properties of two objects.
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
            unmatched(comparison, side, name, &declared);
        }
    }
    undeclared(comparison);
}

fn nodes(declared: &Declared) -> Vec<NodeId> {
    declared.iter().map(|(node, _)| *node).collect()
}

/// Returns the directions in which messages contain a property: requests don't contain a
/// read-only property, and responses don't contain a write-only one.
fn directions(document: &mut Document<'_>, declared: &Declared) -> DirectionFilter {
    let mut found = DirectionFilter::ALL;
    for (node, _) in declared {
        let node = document.resolve(*node);
        let members = document.items_of(node, "allOf");
        for place in std::iter::once(node).chain(members) {
            let schema = document.resolve(place);
            found.request &= !document.is_true(schema, "readOnly");
            found.response &= !document.is_true(schema, "writeOnly");
        }
    }
    found
}

/// Compares a property that both objects declare.
fn kept(comparison: &mut Comparison<'_, '_>, name: &str, declared: &Both<Declared>) {
    let documents = comparison.documents();
    let old = directions(documents.old, &declared.old);
    let new = directions(documents.new, &declared.new);
    let filter = DirectionFilter {
        swaps: false,
        request: old.request && new.request,
        response: old.response && new.response,
    };
    let schemas = declared.as_ref().map(nodes);
    comparison.descend(schemas.as_ref().map(Vec::as_slice), filter);
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
        comparison.report_in(rule, at, message, filter);
    }
    let required = comparison
        .shapes()
        .map(|shape| shape.required.get(name).copied());
    if let Some(part) = required.unmatched() {
        requirement(comparison, name, part, at, filter);
    }
    mutability(comparison, name, at, Both::new(old, new));
}

/// Reports a property that became required or optional.
fn requirement(
    comparison: &mut Comparison<'_, '_>,
    name: &str,
    part: (Side, NodeId),
    at: Both<NodeId>,
    filter: DirectionFilter,
) {
    let rules = [
        &rules::PROPERTY_BECAME_OPTIONAL,
        &rules::PROPERTY_BECAME_REQUIRED,
    ];
    let message = format!("`{name}` became {}", part.0.pick(["optional", "required"]));
    comparison.report_unmatched_in(rules, part, at, message, filter);
}

/// Compares `readOnly` and `writeOnly`.
fn mutability(
    comparison: &mut Comparison<'_, '_>,
    name: &str,
    at: Both<NodeId>,
    directions: Both<DirectionFilter>,
) {
    let required = comparison
        .shapes()
        .map(|shape| shape.required.contains_key(name));
    let read_only = directions.map(|one| !one.request);
    let write_only = directions.map(|one| !one.response);
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

/// Reports a renamed property: a removed and an added property that differ only in the name.
/// Returns whether one was reported.
fn renamed(comparison: &mut Comparison<'_, '_>, pair: Both<&(&str, Declared)>) -> bool {
    let ([(old, _)], [(new, _)]) = (pair.old.1.as_slice(), pair.new.1.as_slice()) else {
        return false;
    };
    let was_required = comparison.old.required.contains_key(pair.old.0);
    let is_required = comparison.new.required.contains_key(pair.new.0);
    let from = without_documentation(comparison.old_document.value(*old));
    let to = without_documentation(comparison.new_document.value(*new));
    if was_required != is_required || from != to {
        return false;
    }
    let rule = match is_required {
        true => &rules::REQUIRED_PROPERTY_RENAMED,
        false => &rules::PROPERTY_RENAMED,
    };
    let filter = directions(comparison.old_document, &pair.old.1);
    let message = format!("`{}` was renamed to `{}`", pair.old.0, pair.new.0);
    comparison.report_in(rule, Both::new(*old, *new), message, filter);
    comparison.descend(Both::new(&[*old], &[*new]), filter);
    true
}

/// Reports a removed or added property.
fn unmatched(comparison: &mut Comparison<'_, '_>, side: Side, name: &str, declared: &Declared) {
    let Some((node, part)) = declared.first().copied() else {
        return;
    };
    let filter = directions(comparison.documents().get(side), declared);
    let other = comparison.with_other((side, part)).get(side.other());
    let at = Both::of(side, node, other);
    let is_required = comparison.shapes().get(side).required.contains_key(name);
    let other = comparison.shapes().get(side.other());
    // In the other document, the schema of `additionalProperties` applies to the property.
    if let Additional::Typed(schemas) = other.additional.clone() {
        let is_required_there = other.required.contains_key(name);
        let nodes = nodes(declared);
        comparison.descend(Both::of(side, nodes.as_slice(), schemas.as_slice()), filter);
        if is_required && !is_required_there {
            requirement(comparison, name, (side, part), at, filter);
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
    comparison.report_unmatched_in(rules, (side, part), at, message, filter);
}

/// Compares properties that are required but not declared.
fn undeclared(comparison: &mut Comparison<'_, '_>) {
    for side in Side::BOTH {
        for (name, part) in comparison.shapes().get(side).required.clone() {
            let is_known = [&comparison.old, &comparison.new]
                .iter()
                .any(|shape| shape.properties.contains_key(name));
            let other = comparison.shapes().get(side.other());
            if !is_known && !other.required.contains_key(name) {
                let at = comparison.with_other((side, part));
                requirement(comparison, name, (side, part), at, DirectionFilter::ALL);
            }
        }
    }
}
