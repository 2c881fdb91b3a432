//! Finds scalars that a `oneOf` refused and allows now.
//!
//! A value must fit exactly one variant of a `oneOf`, so a value that fits two variants is
//! refused. If one of the two variants no longer allows the value, the value fits only one
//! variant and becomes allowed. The comparison of each variant with its old version shows
//! only that the variant allows less. So this module tests the unions with sample values.

use std::collections::HashSet;

use serde_json::Value;

use super::pairs::{LocalChange, Pair, PairId, Pairs, Syntax};
use super::scalars::{collect, common, fits_all};
use crate::compatibility::{Direction, Effect};
use crate::document::{Document, NodeId};
use crate::reach::DirectionFilter;
use crate::rules::{self, Rule};

/// Reports a newly allowed value for each `oneOf` of the old document, unless a reported
/// change already says that more may be allowed.
pub fn compare_all(old: &mut Document<'_>, new: &mut Document<'_>, pairs: &mut Pairs) {
    let unions = pairs
        .iter()
        .filter(|(_, pair)| pair.syntax == Syntax::Json && has_one_of(old, &pair.places.old.roots));
    let unions: Vec<PairId> = unions.map(|(id, _)| id).collect();
    for id in unions {
        if is_reported(pairs, id) {
            continue;
        }
        let Some(pair) = pairs.get_mut(id) else {
            continue;
        };
        let Some(value) = newly_allowed(old, new, pair) else {
            continue;
        };
        pair.changes.push(LocalChange {
            rule: &rules::UNION_VALUES_ADDED,
            at: pair.places.as_ref().map(|place| place.at),
            message: format!("`{value}` is allowed now"),
            filter: DirectionFilter::ALL,
            only_in: None,
        });
    }
}

fn has_one_of(document: &Document<'_>, schemas: &[NodeId]) -> bool {
    let variants = |schema: &NodeId| document.value(*schema).get("oneOf")?.as_array();
    let mut lists = schemas.iter().filter_map(variants);
    lists.any(|list| list.len() > 1)
}

/// Whether a change in a comparison, or in a comparison of inner schemas, says that more
/// may be allowed.
fn is_reported(pairs: &Pairs, id: PairId) -> bool {
    let mut seen = HashSet::new();
    let mut open = vec![id];
    while let Some(id) = open.pop() {
        let Some(pair) = pairs.get(id).filter(|_| seen.insert(id)) else {
            continue;
        };
        if pair.changes.iter().any(|change| may_widen(change.rule)) {
            return true;
        }
        for (next, filter) in &pair.edges {
            let has_changes = pairs
                .get(*next)
                .is_some_and(|next| !next.changes.is_empty());
            // Inside `not`, a change has the opposite effect.
            if filter.swaps && has_changes {
                return true;
            }
            open.push(*next);
        }
    }
    false
}

fn may_widen(rule: &Rule) -> bool {
    matches!(
        rule.effect(Direction::Response),
        Some(Effect::Widens | Effect::Incomparable | Effect::Unknown)
    )
}

/// Returns a value that fits the new schemas and didn't fit the old ones.
fn newly_allowed(old: &mut Document<'_>, new: &mut Document<'_>, pair: &Pair) -> Option<Value> {
    let (before, after) = (&pair.places.old.roots, &pair.places.new.roots);
    let is_null_elsewhere = pair.places.old.is_null_elsewhere || pair.places.new.is_null_elsewhere;
    let mut values = common();
    for schema in before {
        collect(old, *schema, &mut values);
    }
    for schema in after {
        collect(new, *schema, &mut values);
    }
    values.into_iter().find(|value| {
        !(value.is_null() && is_null_elsewhere)
            && fits_all(old, before, value) == Some(false)
            && fits_all(new, after, value) == Some(true)
    })
}
