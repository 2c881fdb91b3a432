//! Compares deprecations and the XML form.

use super::comparison::Comparison;
use super::pairs::Form;
use crate::rules;

/// Compares the keywords that concern the schema rather than its values.
pub fn compare(comparison: &mut Comparison<'_, '_>) {
    match (comparison.old.deprecated, comparison.new.deprecated) {
        (None, Some(part)) => {
            let old = comparison.members.old_for(part);
            let old = old.unwrap_or_else(|| comparison.old.root());
            comparison.report(&rules::DEPRECATED, old, part, "deprecated".to_owned());
        }
        (Some(part), None) => {
            let new = comparison.members.new_for(part);
            let new = new.unwrap_or_else(|| comparison.new.root());
            let message = "not deprecated any more".to_owned();
            comparison.report(&rules::UNDEPRECATED, part, new, message);
        }
        _ => {}
    }
    if comparison.form == Form::Xml {
        xml(comparison);
    }
}

fn xml(comparison: &mut Comparison<'_, '_>) {
    let (old, new) = (comparison.old.xml, comparison.new.xml);
    let from = old.map(|node| comparison.old_document.value(node));
    let to = new.map(|node| comparison.new_document.value(node));
    if from != to {
        let old = old.unwrap_or_else(|| comparison.old.root());
        let new = new.unwrap_or_else(|| comparison.new.root());
        let message = "the XML form changed".to_owned();
        comparison.report(&rules::XML_CHANGED, old, new, message);
    }
}
