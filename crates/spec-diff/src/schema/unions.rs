//! Compares `oneOf`, `anyOf`, `not` and discriminators.

use super::comparison::Comparison;
use super::facts::says_null;
use super::shape::{Additional, Shape, Union};
use super::similar::{alike, same, same_tags};
use super::{overlaps, read, sets::ValueSet};
use crate::document::{Document, NodeId};
use crate::reach::Via;
use crate::rules::{self, Rule};

/// Compares alternatives and exclusions.
pub fn compare(comparison: &mut Comparison<'_, '_>) {
    let (old, new) = in_step(comparison);
    let pairs = old.len().min(new.len());
    for (old, new) in old.iter().zip(&new) {
        keyword(comparison, old, new);
        variants(comparison, old, new);
    }
    for union in new.iter().skip(pairs) {
        let message = format!("`{}` was added", union.keyword);
        let part = union.part;
        comparison.report_gained(&rules::VARIANTS_ADDED, part, part, message, Via::PLAIN);
    }
    for union in old.iter().skip(pairs) {
        let message = format!("`{}` was removed", union.keyword);
        let part = union.part;
        comparison.report_lost(&rules::VARIANTS_REMOVED, part, part, message, Via::PLAIN);
    }
    exclusions(comparison);
    discriminator(comparison);
}

/// Returns the unions of both sides, with those that share a variant at the
/// same index, because `allOf` members have no order.
fn in_step(comparison: &mut Comparison<'_, '_>) -> (Vec<Union>, Vec<Union>) {
    let mut left = comparison.old.unions.clone();
    let mut right = comparison.new.unions.clone();
    if left.len() < 2 && right.len() < 2 {
        return (left, right);
    }
    let (mut old, mut new) = (Vec::new(), Vec::new());
    for keywords_count in [true, false] {
        left.retain(|one| {
            let found = right.iter().position(|other| {
                (one.keyword == other.keyword || !keywords_count) && shares(comparison, one, other)
            });
            let Some(index) = found else { return true };
            old.push(one.clone());
            new.push(right.remove(index));
            false
        });
    }
    old.extend(left);
    new.extend(right);
    (old, new)
}

fn shares(comparison: &mut Comparison<'_, '_>, old: &Union, new: &Union) -> bool {
    old.variants.iter().any(|one| {
        new.variants.iter().any(|other| {
            same(
                comparison.old_document,
                comparison.new_document,
                *one,
                *other,
            )
        })
    })
}

/// Compares a plain schema with a union, as added or removed variants: the
/// schema became one of the variants, or one variant became the schema. Returns
/// whether it did.
pub fn wrapped(comparison: &mut Comparison<'_, '_>) -> bool {
    let (old, new) = (bare_union(&comparison.old), bare_union(&comparison.new));
    match (old, new) {
        (None, Some(_))
            if comparison.old.values.is_some()
                && read::enums(&mut comparison.new, comparison.new_document) =>
        {
            false
        }
        (Some(_), None)
            if comparison.new.values.is_some()
                && read::enums(&mut comparison.old, comparison.old_document) =>
        {
            false
        }
        (None, Some(union)) if comparison.old.unions.is_empty() => {
            let Some(root) = comparison.old.alone() else {
                return false;
            };
            let one = Union {
                keyword: union.keyword,
                part: root,
                variants: vec![root],
            };
            wrap(comparison, &one, &union)
        }
        (Some(union), None) if comparison.new.unions.is_empty() => {
            let Some(root) = comparison.new.alone() else {
                return false;
            };
            let one = Union {
                keyword: union.keyword,
                part: root,
                variants: vec![root],
            };
            wrap(comparison, &union, &one)
        }
        _ => false,
    }
}

impl Shape<'_> {
    /// The only schema that it is merged from.
    fn alone(&self) -> Option<NodeId> {
        match (self.sole, self.parts.as_slice()) {
            (Some(sole), _) => Some(sole),
            (None, [part]) => Some(part.node),
            _ => None,
        }
    }
}

/// Returns the union of a schema that says nothing else.
fn bare_union(shape: &Shape<'_>) -> Option<Union> {
    let [union] = shape.unions.as_slice() else {
        return None;
    };
    let says_more = !shape.properties.is_empty()
        || !shape.required.is_empty()
        || shape.values.is_some()
        || !shape.items.is_empty()
        || !shape.exclusions.is_empty()
        || !shape.formats.is_empty()
        || !shape.patterns.is_empty()
        || !shape.steps.is_empty()
        || shape.unique.is_some()
        || shape.limits.iter().any(Option::is_some)
        || !matches!(shape.additional, Additional::Open);
    (!says_more).then(|| union.clone())
}

fn wrap(comparison: &mut Comparison<'_, '_>, old: &Union, new: &Union) -> bool {
    let matched = matched(comparison, old, new);
    if matched.is_empty() {
        return false;
    }
    let union_is_new = comparison.old.unions.is_empty();
    let (wrapper, one, document) = if union_is_new {
        let document = &mut *comparison.old_document;
        (&comparison.new, &comparison.old, document)
    } else {
        let document = &mut *comparison.new_document;
        (&comparison.old, &comparison.new, document)
    };
    // Null of a variant is compared with the variant.
    let is_own = |sole: NodeId| says_null(document, sole);
    let says_more = one.nullable.is_some() && !one.sole.is_none_or(is_own);
    if wrapper.nullable.is_some() || says_more {
        super::values::nullability(comparison);
    }
    report_variants(comparison, old, new, &matched);
    true
}

fn keyword(comparison: &mut Comparison<'_, '_>, old: &Union, new: &Union) {
    let rule = match (old.keyword, new.keyword) {
        ("oneOf", "anyOf") => &rules::ONE_OF_BECAME_ANY_OF,
        ("anyOf", "oneOf") => &rules::ANY_OF_BECAME_ONE_OF,
        _ => return,
    };
    let document = &mut *comparison.new_document;
    let sets: Vec<ValueSet<'_>> = new
        .variants
        .iter()
        .map(|variant| read::set(document, *variant))
        .collect();
    let are_apart = sets.iter().enumerate().all(|(index, one)| {
        let mut others = sets.iter().skip(index.saturating_add(1));
        others.all(|other| one.is_apart_from(other))
    });
    if !are_apart && (old.variants.len() > 1 || new.variants.len() > 1) {
        let message = format!("`{}` became `{}`", old.keyword, new.keyword);
        comparison.report(rule, old.part, new.part, message);
    }
}

fn variants(comparison: &mut Comparison<'_, '_>, old: &Union, new: &Union) {
    let matched = matched(comparison, old, new);
    report_variants(comparison, old, new, &matched);
}

fn report_variants(
    comparison: &mut Comparison<'_, '_>,
    old: &Union,
    new: &Union,
    matched: &[(NodeId, NodeId)],
) {
    for (old, new) in matched {
        comparison.descend_to_variant(*old, *new);
    }
    let (added, removed): (&'static Rule, &'static Rule) = match new.keyword {
        "oneOf" => (&rules::ONE_OF_VARIANT_ADDED, &rules::ONE_OF_VARIANT_REMOVED),
        _ => (&rules::ANY_OF_VARIANT_ADDED, &rules::ANY_OF_VARIANT_REMOVED),
    };
    let reported_added = overlaps::compare(comparison, old, new, matched);
    let reported_removed = overlaps::parted(comparison, old, new, matched);
    let is_any_of = old.keyword == "anyOf" && new.keyword == "anyOf";
    for variant in &old.variants {
        let is_gone =
            matched.iter().all(|(old, _)| old != variant) && !reported_removed.contains(variant);
        if is_gone && !(is_any_of && comparison.is_among(*variant, &new.variants)) {
            let node = comparison.old_document.resolve(*variant);
            let name = comparison.old_document.schema_name(node);
            let message = format!("{name} is not one of the variants any more");
            comparison.report(removed, *variant, new.part, message);
        }
    }
    for variant in &new.variants {
        let is_new =
            matched.iter().all(|(_, new)| new != variant) && !reported_added.contains(variant);
        if is_new && !(is_any_of && comparison.is_covered(*variant, &old.variants)) {
            let node = comparison.new_document.resolve(*variant);
            let name = comparison.new_document.schema_name(node);
            let message = format!("{name} is one of the variants now");
            comparison.report(added, old.part, *variant, message);
        }
    }
}

impl Comparison<'_, '_> {
    /// Whether one of the new schemas allows all values of an old one.
    fn is_among(&mut self, old: NodeId, new: &[NodeId]) -> bool {
        let one = read::set(self.old_document, old);
        new.iter()
            .any(|other| one.is_within(&read::set(self.new_document, *other)))
    }

    /// Whether one of the old schemas allows all values of a new one.
    fn is_covered(&mut self, new: NodeId, old: &[NodeId]) -> bool {
        let one = read::set(self.new_document, new);
        old.iter()
            .any(|other| one.is_within(&read::set(self.old_document, *other)))
    }
}

/// Matches variants, first those that are surely the same, then similar ones.
fn matched(comparison: &mut Comparison<'_, '_>, old: &Union, new: &Union) -> Vec<(NodeId, NodeId)> {
    let mut left: Vec<NodeId> = old.variants.clone();
    let mut right: Vec<NodeId> = new.variants.clone();
    let mut matched = mapped(comparison, old, new);
    left.retain(|old| matched.iter().all(|(mapped, _)| mapped != old));
    right.retain(|new| matched.iter().all(|(_, mapped)| mapped != new));
    for test in [same, same_tags, same_component, alike] {
        left.retain(|old| {
            let found = right
                .iter()
                .position(|new| test(comparison.old_document, comparison.new_document, *old, *new));
            let Some(index) = found else { return true };
            matched.push((*old, right.remove(index)));
            false
        });
    }
    matched
}

/// Matches variants that the discriminators of both sides give the same name.
fn mapped(comparison: &mut Comparison<'_, '_>, old: &Union, new: &Union) -> Vec<(NodeId, NodeId)> {
    let (Some(from), Some(to)) = (comparison.old.discriminator, comparison.new.discriminator)
    else {
        return Vec::new();
    };
    let before = mapping(comparison.old_document, from, &old.variants);
    let after = mapping(comparison.new_document, to, &new.variants);
    let mut matched: Vec<(NodeId, NodeId)> = Vec::new();
    for (name, old) in before {
        let found = after.iter().find(|(other, _)| *other == name);
        let is_new = |(_, new): &&(&str, NodeId)| {
            matched
                .iter()
                .all(|(left, right)| *left != old && right != new)
        };
        if let Some((_, new)) = found.filter(is_new) {
            matched.push((old, *new));
        }
    }
    matched
}

/// Returns the variant of each name in a discriminator's mapping.
fn mapping<'a>(
    document: &mut Document<'a>,
    discriminator: NodeId,
    variants: &[NodeId],
) -> Vec<(&'a str, NodeId)> {
    let mut mapping = Vec::new();
    for (name, entry) in document.entries_of(discriminator, "mapping") {
        let target = document.value(entry).as_str();
        let target = target.and_then(|reference| document.target(reference));
        let variant = variants
            .iter()
            .find(|variant| Some(document.resolve(**variant)) == target);
        mapping.extend(variant.map(|variant| (name, *variant)));
    }
    mapping
}

/// Whether two variants are the same component, although only one side refers
/// to it, because the other was wrapped.
fn same_component(
    old_document: &mut Document<'_>,
    new_document: &mut Document<'_>,
    old: NodeId,
    new: NodeId,
) -> bool {
    let (from, to) = (old_document.resolve(old), new_document.resolve(new));
    (from != old || to != new) && old_document.pointer(from) == new_document.pointer(to)
}

fn exclusions(comparison: &mut Comparison<'_, '_>) {
    let old = comparison.old.exclusions.clone();
    let new = comparison.new.exclusions.clone();
    for (old, new) in old.iter().zip(&new) {
        comparison.descend(&[*old], &[*new], Via::EXCLUDED);
    }
    let pairs = old.len().min(new.len());
    for node in new.iter().skip(pairs) {
        let old = comparison.old.root();
        let message = "values that fit a schema are excluded".to_owned();
        comparison.report(&rules::NOT_ADDED, old, *node, message);
    }
    for node in old.iter().skip(pairs) {
        let new = comparison.new.root();
        let message = "values that fit a schema are not excluded any more".to_owned();
        comparison.report(&rules::NOT_REMOVED, *node, new, message);
    }
}

/// Compares discriminators. A changed mapping isn't reported if a variant was
/// added or removed, because that explains it.
fn discriminator(comparison: &mut Comparison<'_, '_>) {
    let (old, new) = (comparison.old.discriminator, comparison.new.discriminator);
    let from = old.map(|node| comparison.old_document.value(node));
    let to = new.map(|node| comparison.new_document.value(node));
    let variants = [
        &rules::ONE_OF_VARIANT_ADDED,
        &rules::ONE_OF_VARIANT_REMOVED,
        &rules::ANY_OF_VARIANT_ADDED,
        &rules::ANY_OF_VARIANT_REMOVED,
    ];
    let is_explained = comparison.has(|change| variants.contains(&change.rule));
    if from == to || (is_explained && from.is_some() && to.is_some()) {
        return;
    }
    let name = |value: Option<&serde_json::Value>| {
        let name = value.and_then(|value| value.get("propertyName"));
        let name = name.and_then(serde_json::Value::as_str);
        format!("`{}`", name.unwrap_or_default())
    };
    let (rule, message) = match (from, to) {
        (None, _) => (
            &rules::DISCRIMINATOR_ADDED,
            format!("{} tells the variants apart", name(to)),
        ),
        (_, None) => {
            let message = format!("{} does not tell the variants apart any more", name(from));
            (&rules::DISCRIMINATOR_REMOVED, message)
        }
        _ => {
            let message = format!("{} became {}, or its mapping changed", name(from), name(to));
            (&rules::DISCRIMINATOR_CHANGED, message)
        }
    };
    let old = old.unwrap_or_else(|| comparison.old.root());
    let new = new.unwrap_or_else(|| comparison.new.root());
    comparison.report(rule, old, new, message);
}
