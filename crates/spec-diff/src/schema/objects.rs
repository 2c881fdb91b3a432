//! Compares the items of arrays, and `additionalProperties`.

use super::comparison::Comparison;
use super::keywords::Additional;
use super::properties;
use super::types::Type;
use crate::both::Both;
use crate::reach::DirectionFilter;
use crate::rules::{self, Rule};

/// Compares the contents of arrays and objects.
pub fn compare(comparison: &mut Comparison<'_, '_>) {
    let kinds = comparison.shapes().map(|shape| shape.kind());
    let may_be = |kind: Type| {
        [kinds.old, kinds.new]
            .iter()
            .all(|known| known.is_none_or(|known| known == kind))
    };
    if may_be(Type::Array) {
        items(comparison);
    }
    if may_be(Type::Object) {
        additional(comparison);
        properties::compare(comparison);
    }
}

fn items(comparison: &mut Comparison<'_, '_>) {
    let items = comparison.shapes().map(|shape| shape.items.clone());
    if !(items.old.is_empty() && items.new.is_empty()) {
        comparison.descend(items.as_ref().map(Vec::as_slice), DirectionFilter::ALL);
    }
}

fn additional(comparison: &mut Comparison<'_, '_>) {
    use Additional::{Closed, Open, Typed};
    let additional = comparison.shapes().map(|shape| shape.additional.clone());
    let (rule, message): (&'static Rule, _) = match (&additional.old, &additional.new) {
        (Open, Open) | (Closed(_), Closed(_)) => return,
        (Typed(old), Typed(new)) => {
            comparison.descend(Both::new(old, new), DirectionFilter::ALL);
            return;
        }
        (_, Closed(_)) => (
            &rules::ADDITIONAL_PROPERTIES_DENIED,
            "properties that aren't listed are not allowed",
        ),
        (Closed(_), Open) => (
            &rules::ADDITIONAL_PROPERTIES_ALLOWED,
            "properties that aren't listed are allowed",
        ),
        (Closed(_), Typed(_)) => (
            &rules::ADDITIONAL_PROPERTIES_ALLOWED,
            "properties that fit a schema are allowed",
        ),
        (Open, Typed(_)) => (
            &rules::ADDITIONAL_PROPERTIES_RESTRICTED,
            "properties that aren't listed have to fit a schema",
        ),
        (Typed(_), Open) => (
            &rules::ADDITIONAL_PROPERTIES_UNRESTRICTED,
            "properties that aren't listed needn't fit a schema",
        ),
    };
    let nodes = additional.as_ref().map(Additional::node);
    let at = nodes.or(comparison.roots());
    comparison.report(rule, at, message.to_owned());
}
