//! Compares the schemas at two places of a message, with one module for each concern, and
//! then the schemas inside.

use super::comparison::Comparison;
use super::pairs::{LocalChange, Pairs, Syntax};
use super::shape::Shape;
use super::{bounds, kinds, newly_allowed, objects, read, unions, values};
use crate::both::{Both, Side};
use crate::document::Document;
use crate::rules::{self, Rule};

/// Makes all requested comparisons, and the comparisons of inner schemas.
pub fn compare_all<'a>(old: &mut Document<'a>, new: &mut Document<'a>, pairs: &mut Pairs) {
    while let Some(id) = pairs.next() {
        let Some(pair) = pairs.get(id) else { continue };
        let syntax = pair.syntax;
        let old_shape = read::shape(old, &pair.places.old);
        let new_shape = read::shape(new, &pair.places.new);
        let mut comparison = Comparison::new((old, old_shape), (new, new_shape), syntax, pairs);
        run(&mut comparison);
        comparison.finish(id);
    }
    newly_allowed::compare_all(old, new, pairs);
}

fn run(comparison: &mut Comparison<'_, '_>) {
    if existence(comparison) && !unions::with_plain_schema(comparison) && kinds::compare(comparison)
    {
        values::nullability(comparison);
        values::compare(comparison);
        bounds::compare(comparison);
        objects::compare(comparison);
        unions::compare(comparison);
    }
    values::defaults(comparison);
    annotations(comparison);
    collapse_members(comparison);
}

/// Reports a single change if only one schema restricts values, or if a schema can't be read.
/// Returns whether the schemas can be compared further.
fn existence(comparison: &mut Comparison<'_, '_>) -> bool {
    let unresolved = comparison.shapes().map(|shape| shape.unresolved);
    if !unresolved.are_equal() {
        let targets = unresolved.map(|name| name.unwrap_or("this document"));
        let message = format!(
            "the reference to {} became one to {}",
            targets.old, targets.new
        );
        comparison.report_at_root(&rules::UNRESOLVED_REFERENCE_CHANGED, message);
        return false;
    }
    if comparison.old.foreign != comparison.new.foreign {
        let message = "`type` is not what OpenAPI 3.0 allows there".to_owned();
        comparison.report_at_root(&rules::UNKNOWN_KEYWORD_CHANGED, message);
        return false;
    }
    let anything = comparison.shapes().map(Shape::allows_anything);
    if !anything.are_equal() {
        let (rule, message): (&'static Rule, _) = match anything.old {
            true => (&rules::SCHEMA_ADDED, "anything was allowed"),
            false => (&rules::SCHEMA_REMOVED, "anything is allowed"),
        };
        comparison.report_at_root(rule, message.to_owned());
    }
    anything == Both::new(false, false)
}

/// Compares `deprecated`, and in XML also `xml`.
fn annotations(comparison: &mut Comparison<'_, '_>) {
    let rules = [&rules::UNDEPRECATED, &rules::DEPRECATED];
    let parts = comparison.shapes().map(|shape| shape.deprecated);
    comparison.compare_presence(rules, parts, ["not deprecated any more", "deprecated"]);
    if comparison.syntax == Syntax::Xml {
        xml(comparison);
    }
}

/// Compares `xml`.
fn xml(comparison: &mut Comparison<'_, '_>) {
    let nodes = comparison.shapes().map(|shape| shape.xml);
    if !comparison.values(nodes).are_equal() {
        let at = nodes.or(comparison.roots());
        comparison.report(&rules::XML_CHANGED, at, "the XML form changed".to_owned());
    }
}

/// Replaces the changes of an added or removed `allOf` member by a single change.
fn collapse_members(comparison: &mut Comparison<'_, '_>) {
    for (side, member) in comparison.members.unmatched() {
        let is_own = |change: &LocalChange| change.only_in == Some((side, member.node));
        // If an added member has only optional properties, its changes are kept.
        let counts = |change: &LocalChange| {
            is_own(change) && (side == Side::Old || change.rule != &rules::PROPERTY_ADDED)
        };
        if !comparison.has(counts) {
            continue;
        }
        comparison.remove_changes(is_own);
        let name = comparison.documents().get(side).schema_name(member.node);
        let words = side.pick(["is not part of it any more", "is part of it now"]);
        let own = member.member.unwrap_or(member.node);
        let at = Both::of(side, own, comparison.roots().get(side.other()));
        let rules = [&rules::ALL_OF_MEMBER_REMOVED, &rules::ALL_OF_MEMBER_ADDED];
        comparison.report(side.pick(rules), at, format!("{name} {words}"));
    }
}
