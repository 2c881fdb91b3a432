//! Finds overlapping variants of a `oneOf`. A value must fit exactly one variant, so a value
//! that fits two variants is refused.

use super::comparison::Comparison;
use super::keywords::Union;
use super::read;
use super::sets::ValueSet;
use crate::both::Both;
use crate::document::{Document, NodeId};
use crate::rules::{self, Rule};

/// Reports variants that overlap now and didn't overlap before. Returns the added variants
/// that were reported.
pub fn report_new(
    comparison: &mut Comparison<'_, '_>,
    unions: Both<&Union>,
    matched: &[Both<NodeId>],
) -> Vec<NodeId> {
    let Both { old, new } = unions;
    let mut reported = Vec::new();
    let was_any_of = old.keyword == "anyOf" && old.variants.len() > 1;
    if new.keyword != "oneOf" || was_any_of {
        return reported;
    }
    let mut old_sets: Option<Vec<ValueSet<'_>>> = None;
    // Several variants may refer to one component. Their overlap is reported once.
    let mut known = Vec::new();
    for other in &new.variants {
        let pair = matched.iter().find(|pair| pair.new == *other);
        if pair.is_some_and(|pair| comparison.is_untouched(*pair)) {
            continue;
        }
        let after = read::value_set(comparison.new_document, *other);
        let before = pair.map(|pair| read::value_set(comparison.old_document, pair.old));
        let document = &mut *comparison.old_document;
        let all = old_sets.get_or_insert_with(|| {
            let olds = matched.iter();
            olds.map(|pair| read::value_set(document, pair.old))
                .collect()
        });
        for (one, own) in matched.iter().zip(all.iter()) {
            if one.new == *other {
                continue;
            }
            let was_reported = before
                .as_ref()
                .is_some_and(|before| own.shares_no_more_with(&after, before));
            if was_reported || own.is_distinct_from(&after) {
                continue;
            }
            let is_sure = own.is_subset_of(&after);
            let document = &mut *comparison.new_document;
            let components = (document.resolve(one.new), document.resolve(*other));
            if !known.contains(&components) {
                known.push(components);
                let before = pair.map(|pair| pair.old);
                report(comparison, *one, (before, *other), is_sure);
            }
            if pair.is_none() {
                reported.push(*other);
                break;
            }
        }
    }
    reported
}

/// Reports variants that certainly overlapped and no longer overlap, so that the values that
/// fitted both variants are allowed now. Returns the removed variants that were reported.
pub fn report_ended(
    comparison: &mut Comparison<'_, '_>,
    unions: Both<&Union>,
    matched: &[Both<NodeId>],
) -> Vec<NodeId> {
    let Both { old, new } = unions;
    let mut reported = Vec::new();
    let is_any_of = new.keyword == "anyOf" && new.variants.len() > 1;
    if old.keyword != "oneOf" || old.variants.len() < 2 || is_any_of {
        return reported;
    }
    let document = &mut *comparison.old_document;
    let sets = matched
        .iter()
        .map(|pair| read::value_set(document, pair.old));
    let sets: Vec<ValueSet<'_>> = sets.collect();
    for other in &old.variants {
        let pair = matched.iter().find(|pair| pair.old == *other);
        let before = read::value_set(comparison.old_document, *other);
        for (one, own) in matched.iter().zip(&sets) {
            // Two variants that both remain would be reported twice, once for each variant.
            let place = |node| old.variants.iter().position(|one| *one == node);
            let is_reported = pair.is_some() && place(one.old) > place(*other);
            if one.old == *other || is_reported || !own.surely_overlaps(&before) {
                continue;
            }
            let own = name(comparison.old_document, one.old);
            let name = name(comparison.old_document, *other);
            let Some(pair) = pair else {
                let message = format!("{name}, which took what fits {own} too, is gone");
                let at = Both::new(*other, new.part);
                comparison.report(&rules::OVERLAPPING_VARIANT_REMOVED, at, message);
                reported.push(*other);
                break;
            };
            let now = read::value_set(comparison.new_document, one.new);
            if now.is_distinct_from(&read::value_set(comparison.new_document, pair.new)) {
                let message = format!("{name} does not take what fits {own} any more");
                comparison.report(&rules::VARIANTS_PARTED, *pair, message);
            }
        }
    }
    reported
}

/// Returns the name of a variant in reports.
pub fn name(document: &mut Document<'_>, variant: NodeId) -> String {
    let node = document.resolve(variant);
    document.schema_name(node)
}

/// Reports that the values of `one`, a variant of both documents, overlap with `other`, a
/// variant of the new document. `before` is the old version of `other`, if it had one.
fn report(
    comparison: &mut Comparison<'_, '_>,
    one: Both<NodeId>,
    (before, other): (Option<NodeId>, NodeId),
    is_sure: bool,
) {
    let own = name(comparison.new_document, one.new);
    let name = name(comparison.new_document, other);
    let takes = if is_sure { "takes" } else { "may take" };
    let (rules, message): ([&'static Rule; 2], _) = match before {
        None => (
            [
                &rules::OVERLAPPING_VARIANT_ADDED,
                &rules::POSSIBLY_OVERLAPPING_VARIANT_ADDED,
            ],
            format!("{name} is one of the variants now, and {takes} what fits {own} too"),
        ),
        Some(_) => (
            [&rules::VARIANTS_OVERLAP, &rules::VARIANTS_MAY_OVERLAP],
            format!("{name} {takes} what fits {own} now, and only one may"),
        ),
    };
    let [sure, unsure] = rules;
    let at = Both::new(before.unwrap_or(one.old), other);
    comparison.report(if is_sure { sure } else { unsure }, at, message);
}
