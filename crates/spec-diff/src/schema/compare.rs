//! Compares two places, one concern after the other, and then the places they
//! lead to.

use super::comparison::Comparison;
use super::pairs::{LocalChange, Pairs};
use super::{bounds, deprecation, kinds, newly_allowed, objects, read, strings, unions, values};
use crate::both::Side;
use crate::document::Document;
use crate::rules;

/// Makes every requested comparison, and those they lead to.
pub fn compare_all<'a>(old: &mut Document<'a>, new: &mut Document<'a>, pairs: &mut Pairs) {
    while let Some(id) = pairs.next() {
        let Some(pair) = pairs.get(id) else { continue };
        let form = pair.form;
        let old_shape = read::shape(old, &pair.places.old);
        let new_shape = read::shape(new, &pair.places.new);
        let mut comparison = Comparison::new((old, old_shape), (new, new_shape), form, pairs);
        run(&mut comparison);
        comparison.finish(id);
    }
    newly_allowed::compare_all(old, new, pairs);
}

fn run(comparison: &mut Comparison<'_, '_>) {
    if existence(comparison) && !unions::wrapped(comparison) && kinds::compare(comparison) {
        values::nullability(comparison);
        values::compare(comparison);
        bounds::compare(comparison);
        strings::compare(comparison);
        objects::compare(comparison);
        unions::compare(comparison);
    }
    values::defaults(comparison);
    deprecation::compare(comparison);
    collapse_members(comparison);
}

/// Compares whether there is a schema at all, which is one change. Returns
/// whether the rest can be compared.
fn existence(comparison: &mut Comparison<'_, '_>) -> bool {
    if comparison.old.unresolved != comparison.new.unresolved {
        let target = |name: Option<&str>| name.unwrap_or("this document").to_owned();
        let from = target(comparison.old.unresolved);
        let message = format!(
            "the reference to {from} became one to {}",
            target(comparison.new.unresolved)
        );
        comparison.report_at_root(&rules::UNRESOLVED_REFERENCE_CHANGED, message);
        return false;
    }
    if comparison.old.foreign != comparison.new.foreign {
        let message = "`type` is not what OpenAPI 3.0 allows there".to_owned();
        comparison.report_at_root(&rules::UNKNOWN_KEYWORD_CHANGED, message);
        return false;
    }
    match (
        comparison.old.allows_anything(),
        comparison.new.allows_anything(),
    ) {
        (true, true) => false,
        (false, false) => true,
        (true, false) => {
            comparison.report_at_root(&rules::SCHEMA_ADDED, "anything was allowed".to_owned());
            false
        }
        (false, true) => {
            comparison.report_at_root(&rules::SCHEMA_REMOVED, "anything is allowed".to_owned());
            false
        }
    }
}

/// Merges the changes of an added or removed `allOf` member into one.
fn collapse_members(comparison: &mut Comparison<'_, '_>) {
    for member in comparison.members.removed().to_vec() {
        let is_its = |change: &LocalChange| change.only_in == Some((Side::Old, member.node));
        if !comparison.has(is_its) {
            continue;
        }
        comparison.take_back(is_its);
        let name = comparison.old_document.schema_name(member.node);
        let old = member.member.unwrap_or(member.node);
        let message = format!("{name} is not part of it any more");
        let new = comparison.new.root();
        comparison.report(&rules::ALL_OF_MEMBER_REMOVED, old, new, message);
    }
    for member in comparison.members.added().to_vec() {
        let is_its = |change: &LocalChange| change.only_in == Some((Side::New, member.node));
        let is_new = |change: &LocalChange| is_its(change) && change.rule != &rules::PROPERTY_ADDED;
        if !comparison.has(is_new) {
            continue;
        }
        comparison.take_back(is_its);
        let name = comparison.new_document.schema_name(member.node);
        let new = member.member.unwrap_or(member.node);
        let message = format!("{name} is part of it now");
        let old = comparison.old.root();
        comparison.report(&rules::ALL_OF_MEMBER_ADDED, old, new, message);
    }
}
