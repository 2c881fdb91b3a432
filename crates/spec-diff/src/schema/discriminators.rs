//! Compares discriminators, and matches variants by them.

use serde_json::Value;

use super::comparison::Comparison;
use super::keywords::Union;
use crate::both::Both;
use crate::document::{Document, NodeId};
use crate::rules::{self, Rule};

/// Compares the discriminators of two schemas. If a variant was added or removed, a changed
/// mapping isn't reported, because the variant explains the change.
pub fn compare(comparison: &mut Comparison<'_, '_>) {
    let nodes = comparison.shapes().map(|shape| shape.discriminator);
    let values = comparison.values(nodes);
    let variants = [
        &rules::ONE_OF_VARIANT_ADDED,
        &rules::ONE_OF_VARIANT_REMOVED,
        &rules::ANY_OF_VARIANT_ADDED,
        &rules::ANY_OF_VARIANT_REMOVED,
    ];
    let is_explained = comparison.has(|change| variants.contains(&change.rule));
    let name = |value: &Value| {
        let name = value.get("propertyName").and_then(Value::as_str);
        format!("`{}`", name.unwrap_or_default())
    };
    let (rule, message): (&'static Rule, _) = match (values.old, values.new) {
        (None, Some(to)) => (
            &rules::DISCRIMINATOR_ADDED,
            format!("{} tells the variants apart", name(to)),
        ),
        (Some(from), None) => {
            let message = format!("{} does not tell the variants apart any more", name(from));
            (&rules::DISCRIMINATOR_REMOVED, message)
        }
        (Some(from), Some(to)) if name(from) != name(to) => {
            let message = format!("the discriminator {} became {}", name(from), name(to));
            (&rules::DISCRIMINATOR_CHANGED, message)
        }
        (Some(from), Some(to)) if from != to && !is_explained => {
            let message = format!("the mapping of the discriminator {} changed", name(from));
            (&rules::DISCRIMINATOR_CHANGED, message)
        }
        _ => return,
    };
    comparison.report(rule, nodes.or(comparison.roots()), message);
}

/// Matches the variants to which the discriminators of both schemas give the same name.
pub fn matched(comparison: &mut Comparison<'_, '_>, unions: Both<&Union>) -> Vec<Both<NodeId>> {
    let discriminators = comparison.shapes().map(|shape| shape.discriminator);
    let Some(discriminators) = discriminators.transpose() else {
        return Vec::new();
    };
    let documents = comparison.documents();
    let mut variants = Both::new(
        mapping(documents.old, discriminators.old, &unions.old.variants),
        mapping(documents.new, discriminators.new, &unions.new.variants),
    );
    let mut matched: Vec<Both<NodeId>> = Vec::new();
    for (_, pair) in variants.pair_named() {
        let is_new = |known: &Both<NodeId>| known.old != pair.old && known.new != pair.new;
        if matched.iter().all(is_new) {
            matched.push(pair);
        }
    }
    matched
}

/// Returns the names in a discriminator's mapping, each with its variant.
fn mapping<'a>(
    document: &mut Document<'a>,
    discriminator: NodeId,
    variants: &[NodeId],
) -> Vec<(&'a str, NodeId)> {
    let mut mapping = Vec::new();
    for (name, entry) in document.entries_of(discriminator, "mapping") {
        let target = document.value(entry).as_str();
        let target = target.and_then(|reference| document.target(reference));
        let mut variants = variants.iter();
        let variant = variants.find(|variant| Some(document.resolve(**variant)) == target);
        mapping.extend(variant.map(|variant| (name, *variant)));
    }
    mapping
}
