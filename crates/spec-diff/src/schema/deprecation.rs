//! Compares deprecations and the XML form.

use super::comparison::Comparison;
use super::pairs::Form;
use crate::both::Both;
use crate::rules;

/// Compares the keywords that concern the schema rather than its values.
pub fn compare(comparison: &mut Comparison<'_, '_>) {
    let rules = [&rules::UNDEPRECATED, &rules::DEPRECATED];
    let parts = comparison.shapes().map(|shape| shape.deprecated);
    comparison.statement(rules, parts, ["not deprecated any more", "deprecated"]);
    if comparison.form == Form::Xml {
        xml(comparison);
    }
}

fn xml(comparison: &mut Comparison<'_, '_>) {
    let Both { old, new } = comparison.shapes().map(|shape| shape.xml);
    let from = old.map(|node| comparison.old_document.value(node));
    let to = new.map(|node| comparison.new_document.value(node));
    if from != to {
        let at = comparison.or_roots(Both::new(old, new));
        comparison.report(&rules::XML_CHANGED, at, "the XML form changed".to_owned());
    }
}
