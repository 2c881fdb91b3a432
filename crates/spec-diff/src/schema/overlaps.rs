//! Finds overlapping variants of a `oneOf`. Exactly one variant may fit, so a
//! value is refused once a second variant fits.

use super::comparison::Comparison;
use super::read;
use super::sets::ValueSet;
use super::shape::Union;
use crate::document::{Document, NodeId};
use crate::reach::Via;
use crate::rules;

/// Reports variants that newly overlap. Returns the added variants among them.
pub fn compare(
    comparison: &mut Comparison<'_, '_>,
    old: &Union,
    new: &Union,
    matched: &[(NodeId, NodeId)],
) -> Vec<NodeId> {
    let mut reported = Vec::new();
    let was_any_of = old.keyword == "anyOf" && old.variants.len() > 1;
    if new.keyword != "oneOf" || was_any_of {
        return reported;
    }
    let mut owns: Option<Vec<ValueSet<'_>>> = None;
    // Several variants may refer to one component, and are told as one.
    let mut told = Vec::new();
    for other in &new.variants {
        let before = matched.iter().find(|(_, new)| new == other);
        let before = before.map(|(old, _)| *old);
        if before.is_some_and(|before| comparison.is_untouched(before, *other)) {
            continue;
        }
        let after = read::set(comparison.new_document, *other);
        let before = before.map(|before| (before, read::set(comparison.old_document, before)));
        let document = &mut *comparison.old_document;
        let all = owns.get_or_insert_with(|| {
            let olds = matched.iter();
            olds.map(|(old, _)| read::set(document, *old)).collect()
        });
        for ((old_own, new_own), own) in matched.iter().zip(all.iter()) {
            if new_own == other {
                continue;
            }
            let was_reported = before
                .as_ref()
                .is_some_and(|(_, before)| own.shares_no_more_with(&after, before));
            if was_reported || own.is_never_taken_for(&after) {
                continue;
            }
            let is_sure = own.is_within(&after);
            let document = &mut *comparison.new_document;
            let pair = (document.resolve(*new_own), document.resolve(*other));
            if !told.contains(&pair) {
                told.push(pair);
                report(
                    comparison,
                    (*old_own, *new_own),
                    (before.as_ref().map(|(node, _)| *node), *other),
                    is_sure,
                );
            }
            if before.is_none() {
                reported.push(*other);
                break;
            }
        }
    }
    reported
}

/// Reports variants that overlapped for sure and no longer do, so that refused
/// values are allowed now. Returns the removed variants among them.
pub fn parted(
    comparison: &mut Comparison<'_, '_>,
    old: &Union,
    new: &Union,
    matched: &[(NodeId, NodeId)],
) -> Vec<NodeId> {
    let mut reported = Vec::new();
    let is_any_of = new.keyword == "anyOf" && new.variants.len() > 1;
    if old.keyword != "oneOf" || old.variants.len() < 2 || is_any_of {
        return reported;
    }
    let document = &mut *comparison.old_document;
    let owns = matched.iter().map(|(own, _)| read::set(document, *own));
    let owns: Vec<ValueSet<'_>> = owns.collect();
    for other in &old.variants {
        let after = matched.iter().find(|(old, _)| old == other);
        let after = after.map(|(_, new)| *new);
        let before = read::set(comparison.old_document, *other);
        for ((old_own, new_own), own) in matched.iter().zip(&owns) {
            // Two variants that stay would be seen twice, once from either
            // side.
            let place = |node| old.variants.iter().position(|one| one == node);
            let is_reported = after.is_some() && place(old_own) > place(other);
            if old_own == other || is_reported || !own.meets(&before) {
                continue;
            }
            let own = name(comparison.old_document, *old_own);
            let name = name(comparison.old_document, *other);
            let Some(after) = after else {
                let message = format!("{name}, which took what fits {own} too, is gone");
                let rule = &rules::OVERLAPPING_VARIANT_REMOVED;
                comparison.report(rule, *other, new.part, message);
                reported.push(*other);
                break;
            };
            let now = read::set(comparison.new_document, *new_own);
            if now.is_never_taken_for(&read::set(comparison.new_document, after)) {
                let message = format!("{name} does not take what fits {own} any more");
                comparison.report(&rules::VARIANTS_PARTED, *other, after, message);
            }
        }
    }
    reported
}

fn name(document: &mut Document<'_>, variant: NodeId) -> String {
    let node = document.resolve(variant);
    document.schema_name(node)
}

fn report(
    comparison: &mut Comparison<'_, '_>,
    (old_own, new_own): (NodeId, NodeId),
    (before, other): (Option<NodeId>, NodeId),
    is_sure: bool,
) {
    let own = name(comparison.new_document, new_own);
    let name = name(comparison.new_document, other);
    let (rule, message) = match (before.is_some(), is_sure) {
        (false, true) => (
            &rules::OVERLAPPING_VARIANT_ADDED,
            format!("{name} is one of the variants now, and takes what fits {own} too"),
        ),
        (false, false) => (
            &rules::POSSIBLY_OVERLAPPING_VARIANT_ADDED,
            format!("{name} is one of the variants now, and may take what fits {own} too"),
        ),
        (true, true) => (
            &rules::VARIANTS_OVERLAP,
            format!("{name} takes what fits {own} now, and only one may"),
        ),
        (true, false) => (
            &rules::VARIANTS_MAY_OVERLAP,
            format!("{name} may take what fits {own} now, and only one may"),
        ),
    };
    comparison.report_via(rule, before.unwrap_or(old_own), other, message, Via::PLAIN);
}
