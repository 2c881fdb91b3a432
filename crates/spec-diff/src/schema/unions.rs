//! Compares `oneOf`, `anyOf` and `not`. `discriminators` compares discriminators.

use super::comparison::Comparison;
use super::keywords::{Additional, Union, allows_null};
use super::shape::Shape;
use super::similar::{alike, same, same_component, same_tags};
use super::{discriminators, overlaps, read, sets::ValueSet};
use crate::both::{Both, Side};
use crate::document::NodeId;
use crate::reach::DirectionFilter;
use crate::rules::{self, Rule};

/// Compares the unions, exclusions and discriminators of two schemas.
pub fn compare(comparison: &mut Comparison<'_, '_>) {
    let mut unions = comparison.shapes().map(|shape| shape.unions.clone());
    for pair in pair_unions(comparison, &mut unions) {
        let pair = pair.as_ref();
        keyword(comparison, pair);
        let matched = matched(comparison, pair);
        report_variants(comparison, pair, &matched);
    }
    for (side, union) in unions.into_items() {
        let message = format!("`{}` was {}", union.keyword, side.verb());
        let rules = [&rules::VARIANTS_REMOVED, &rules::VARIANTS_ADDED];
        comparison.report_unmatched(rules, (side, union.part), message);
    }
    exclusions(comparison);
    discriminators::compare(comparison);
}

/// Removes and returns the pairs of unions: first pairs with a common variant, because
/// `allOf` members have no order, and then pairs at the same index.
fn pair_unions(
    comparison: &mut Comparison<'_, '_>,
    unions: &mut Both<Vec<Union>>,
) -> Vec<Both<Union>> {
    let mut pairs = Vec::new();
    if unions.old.len() > 1 || unions.new.len() > 1 {
        for by_keyword in [true, false] {
            pairs.extend(unions.pair_off(|one, other| {
                (one.keyword == other.keyword || !by_keyword)
                    && share_a_variant(comparison, Both::new(one, other))
            }));
        }
    }
    pairs.extend(unions.pair_in_order());
    pairs
}

fn share_a_variant(comparison: &mut Comparison<'_, '_>, unions: Both<&Union>) -> bool {
    unions.old.variants.iter().any(|old| {
        let mut others = unions.new.variants.iter();
        others.any(|new| same(comparison.documents(), Both::new(*old, *new)))
    })
}

/// Compares a union of one side with a plain schema of the other side: the plain schema
/// became one of the variants, or one variant became the plain schema, and the other variants
/// were added or removed. Returns whether the schemas were compared in this way.
pub fn with_plain_schema(comparison: &mut Comparison<'_, '_>) -> bool {
    let Some((side, union)) = comparison.shapes().map(bare_union).unmatched() else {
        return false;
    };
    let plain = comparison.shapes().get(side.other());
    if plain.values.is_some() {
        let (shape, document) = match side {
            Side::Old => (&mut comparison.old, &mut *comparison.old_document),
            Side::New => (&mut comparison.new, &mut *comparison.new_document),
        };
        if read::merge_enums(shape, document) {
            return false;
        }
    }
    let plain = comparison.shapes().get(side.other());
    let Some(root) = only_schema(plain).filter(|_| plain.unions.is_empty()) else {
        return false;
    };
    let one = Union {
        keyword: union.keyword,
        part: root,
        variants: vec![root],
    };
    with_sole_variant(comparison, side, Both::of(side, &union, &one))
}

/// Returns the only schema that a shape is merged from.
fn only_schema(shape: &Shape<'_>) -> Option<NodeId> {
    match (shape.sole, shape.parts.as_slice()) {
        (Some(sole), _) => Some(sole),
        (None, [part]) => Some(part.node),
        _ => None,
    }
}

/// Returns the union of a schema without other constraints.
fn bare_union(shape: &Shape<'_>) -> Option<Union> {
    let [union] = shape.unions.as_slice() else {
        return None;
    };
    let is_bare = shape.properties.is_empty()
        && shape.required.is_empty()
        && shape.items.is_empty()
        && matches!(shape.additional, Additional::Open)
        && shape.is_unlimited()
        && shape.is_range();
    is_bare.then(|| union.clone())
}

/// Compares a union of one side with the only variant of the other side. Returns false, and
/// compares nothing, if no variant of the union matches.
fn with_sole_variant(
    comparison: &mut Comparison<'_, '_>,
    side: Side,
    unions: Both<&Union>,
) -> bool {
    let matched = matched(comparison, unions);
    if matched.is_empty() {
        return false;
    }
    let union_nullable = comparison.shapes().get(side).nullable;
    let one = comparison.shapes().get(side.other());
    let (nullable, sole) = (one.nullable, one.sole);
    // Whether a variant allows null is compared with the variant.
    let document = comparison.documents().get(side.other());
    let is_beside = nullable.is_some() && !sole.is_none_or(|sole| allows_null(document, sole));
    if union_nullable.is_some() || is_beside {
        super::values::nullability(comparison);
    }
    report_variants(comparison, unions, &matched);
    true
}

/// Compares the keywords of two unions.
fn keyword(comparison: &mut Comparison<'_, '_>, unions: Both<&Union>) {
    let Both { old, new } = unions;
    let rule = match (old.keyword, new.keyword) {
        ("oneOf", "anyOf") => &rules::ONE_OF_BECAME_ANY_OF,
        ("anyOf", "oneOf") => &rules::ANY_OF_BECAME_ONE_OF,
        _ => return,
    };
    let document = &mut *comparison.new_document;
    let sets = new.variants.iter();
    let sets: Vec<ValueSet<'_>> = sets
        .map(|variant| read::value_set(document, *variant))
        .collect();
    let are_disjoint = sets.iter().enumerate().all(|(index, one)| {
        let mut others = sets.iter().skip(index.saturating_add(1));
        others.all(|other| one.is_disjoint_from(other))
    });
    if !are_disjoint && (old.variants.len() > 1 || new.variants.len() > 1) {
        let message = format!("`{}` became `{}`", old.keyword, new.keyword);
        comparison.report(rule, unions.map(|union| union.part), message);
    }
}

/// Compares matching variants, and reports the other ones.
fn report_variants(
    comparison: &mut Comparison<'_, '_>,
    unions: Both<&Union>,
    matched: &[Both<NodeId>],
) {
    for pair in matched {
        comparison.descend_to_variant(*pair);
    }
    let rules: [&'static Rule; 2] = match unions.new.keyword {
        "oneOf" => [&rules::ONE_OF_VARIANT_REMOVED, &rules::ONE_OF_VARIANT_ADDED],
        _ => [&rules::ANY_OF_VARIANT_REMOVED, &rules::ANY_OF_VARIANT_ADDED],
    };
    let added = overlaps::report_new(comparison, unions, matched);
    let removed = overlaps::report_ended(comparison, unions, matched);
    let reported = Both::new(removed, added);
    let are_any_of = unions.map(|union| union.keyword == "anyOf") == Both::new(true, true);
    for side in Side::BOTH {
        let other = unions.get(side.other());
        for variant in &unions.get(side).variants {
            let is_unmatched = matched.iter().all(|pair| pair.get(side) != *variant)
                && !reported.as_ref().get(side).contains(variant);
            if !is_unmatched || (are_any_of && is_covered(comparison, (side, *variant), other)) {
                continue;
            }
            let name = overlaps::name(comparison.documents().get(side), *variant);
            let message = match side {
                Side::Old => format!("{name} is not one of the variants any more"),
                Side::New => format!("{name} is one of the variants now"),
            };
            let at = Both::of(side, *variant, other.part);
            comparison.report(side.pick(rules), at, message);
        }
    }
}

/// Whether a single variant of the other document allows all values of a variant.
fn is_covered(
    comparison: &mut Comparison<'_, '_>,
    (side, variant): (Side, NodeId),
    others: &Union,
) -> bool {
    let one = read::value_set(comparison.documents().get(side), variant);
    others.variants.iter().any(|other| {
        let document = comparison.documents().get(side.other());
        one.is_subset_of(&read::value_set(document, *other))
    })
}

/// Matches variants: first by the names in discriminators, then certainly equal ones, then
/// similar ones.
fn matched(comparison: &mut Comparison<'_, '_>, unions: Both<&Union>) -> Vec<Both<NodeId>> {
    let mut matched = discriminators::matched(comparison, unions);
    let mut left = unions.map(|union| union.variants.clone());
    let is_left = |side, node: NodeId| matched.iter().all(|pair| pair.get(side) != node);
    left.old.retain(|old| is_left(Side::Old, *old));
    left.new.retain(|new| is_left(Side::New, *new));
    for test in [same, same_tags, same_component, alike] {
        matched
            .extend(left.pair_off(|old, new| test(comparison.documents(), Both::new(*old, *new))));
    }
    matched
}

/// Compares `not`.
fn exclusions(comparison: &mut Comparison<'_, '_>) {
    let mut exclusions = comparison.shapes().map(|shape| shape.exclusions.clone());
    for pair in exclusions.pair_in_order() {
        comparison.descend(
            Both::new(&[pair.old], &[pair.new]),
            DirectionFilter::NEGATED,
        );
    }
    for (side, node) in exclusions.into_items() {
        let (rule, word): (&'static Rule, _) = match side {
            Side::Old => (&rules::NOT_REMOVED, "allowed now"),
            Side::New => (&rules::NOT_ADDED, "refused now"),
        };
        let at = Both::of(side, node, comparison.roots().get(side.other()));
        comparison.report(rule, at, format!("values that fit a schema are {word}"));
    }
}
