//! Compares items of arrays, and properties of objects that aren't listed.

use super::comparison::Comparison;
use super::properties;
use super::shape::Additional;
use super::types::Type;
use crate::reach::Via;
use crate::rules;

/// Compares the contents of arrays and objects.
pub fn compare(comparison: &mut Comparison<'_, '_>) {
    let kinds = [&comparison.old, &comparison.new].map(|shape| shape.kind.map(|(kind, _)| kind));
    let all = |kind: Type| {
        kinds
            .iter()
            .all(|known| known.is_none_or(|known| known == kind))
    };
    if all(Type::Array) {
        items(comparison);
    }
    if all(Type::Object) {
        additional(comparison);
        properties::compare(comparison);
    }
}

fn items(comparison: &mut Comparison<'_, '_>) {
    let (old, new) = (comparison.old.items.clone(), comparison.new.items.clone());
    if !(old.is_empty() && new.is_empty()) {
        comparison.descend(&old, &new, Via::PLAIN);
    }
}

fn additional(comparison: &mut Comparison<'_, '_>) {
    use Additional::{Closed, Open, Typed};
    let (old, new) = (
        comparison.old.additional.clone(),
        comparison.new.additional.clone(),
    );
    let (old_root, new_root) = (comparison.old.root(), comparison.new.root());
    let first = |nodes: &[_], root| nodes.first().copied().unwrap_or(root);
    let (rule, old_node, new_node, message) = match (old, new) {
        (Open, Open) | (Closed(_), Closed(_)) => return,
        (Typed(old), Typed(new)) => {
            comparison.descend(&old, &new, Via::PLAIN);
            return;
        }
        (Open, Closed(node)) => {
            let rule = &rules::ADDITIONAL_PROPERTIES_DENIED;
            (
                rule,
                old_root,
                node,
                "properties that aren't listed are not allowed",
            )
        }
        (Typed(nodes), Closed(node)) => {
            let rule = &rules::ADDITIONAL_PROPERTIES_DENIED;
            let old = first(&nodes, old_root);
            (
                rule,
                old,
                node,
                "properties that aren't listed are not allowed",
            )
        }
        (Closed(node), Open) => {
            let rule = &rules::ADDITIONAL_PROPERTIES_ALLOWED;
            (
                rule,
                node,
                new_root,
                "properties that aren't listed are allowed",
            )
        }
        (Closed(node), Typed(nodes)) => {
            let rule = &rules::ADDITIONAL_PROPERTIES_ALLOWED;
            let new = first(&nodes, new_root);
            (rule, node, new, "properties that fit a schema are allowed")
        }
        (Open, Typed(nodes)) => {
            let rule = &rules::ADDITIONAL_PROPERTIES_RESTRICTED;
            let new = first(&nodes, new_root);
            (
                rule,
                old_root,
                new,
                "properties that aren't listed have to fit a schema",
            )
        }
        (Typed(nodes), Open) => {
            let rule = &rules::ADDITIONAL_PROPERTIES_UNRESTRICTED;
            let old = first(&nodes, old_root);
            (
                rule,
                old,
                new_root,
                "properties that aren't listed needn't fit a schema",
            )
        }
    };
    comparison.report(rule, old_node, new_node, message.to_owned());
}
