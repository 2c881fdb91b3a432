//! Exactly one variant of a `oneOf` may fit, so a value is refused once a
//! second one does.

use super::compare::Comparison;
use super::sets::Set;
use super::shape::Union;
use super::unions::named;
use crate::document::NodeId;
use crate::reach::Via;
use crate::rules;

/// Reports what fits a second variant now. Returns the added variants that it
/// told of.
pub fn compare(
    comparison: &mut Comparison<'_, '_>,
    old: &Union,
    new: &Union,
    matched: &[(NodeId, NodeId)],
) -> Vec<NodeId> {
    let mut told = Vec::new();
    let was_any_of = old.keyword == "anyOf" && old.variants.len() > 1;
    if new.keyword != "oneOf" || was_any_of {
        return told;
    }
    let mut owns: Option<Vec<Set<'_>>> = None;
    for other in &new.variants {
        let before = matched.iter().find(|(_, new)| new == other);
        let before = before.map(|(old, _)| *old);
        if before.is_some_and(|before| comparison.is_untouched(before, *other)) {
            continue;
        }
        let after = Set::read(comparison.new_document, *other);
        let before = before.map(|before| (before, Set::read(comparison.old_document, before)));
        let document = &mut *comparison.old_document;
        let all = owns.get_or_insert_with(|| {
            let olds = matched.iter();
            olds.map(|(old, _)| Set::read(document, *old)).collect()
        });
        for ((old_own, new_own), own) in matched.iter().zip(all.iter()) {
            if new_own == other {
                continue;
            }
            let overlapped = before
                .as_ref()
                .is_some_and(|(_, before)| !own.is_never_taken_for(before));
            if overlapped || own.is_never_taken_for(&after) {
                continue;
            }
            let is_sure = own.is_within(&after);
            report(
                comparison,
                (*old_own, *new_own),
                (before.as_ref().map(|(node, _)| *node), *other),
                is_sure,
            );
            if before.is_none() {
                told.push(*other);
                break;
            }
        }
    }
    told
}

fn report(
    comparison: &mut Comparison<'_, '_>,
    (old_own, new_own): (NodeId, NodeId),
    (before, other): (Option<NodeId>, NodeId),
    is_sure: bool,
) {
    let name = |comparison: &mut Comparison<'_, '_>, variant| {
        let node = comparison.new_document.resolve(variant);
        named(comparison.new_document.name(node))
    };
    let (own, name) = (name(comparison, new_own), name(comparison, other));
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
