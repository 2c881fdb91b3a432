//! Compares `deprecated` and `xml`.

use super::comparison::Comparison;
use super::pairs::Syntax;
use crate::rules;

/// Compares the keywords that don't restrict values.
pub fn compare(comparison: &mut Comparison<'_, '_>) {
    let rules = [&rules::UNDEPRECATED, &rules::DEPRECATED];
    let parts = comparison.shapes().map(|shape| shape.deprecated);
    comparison.compare_presence(rules, parts, ["not deprecated any more", "deprecated"]);
    if comparison.syntax == Syntax::Xml {
        xml(comparison);
    }
}

fn xml(comparison: &mut Comparison<'_, '_>) {
    let nodes = comparison.shapes().map(|shape| shape.xml);
    if !comparison.values(nodes).are_equal() {
        let at = nodes.or(comparison.roots());
        comparison.report(&rules::XML_CHANGED, at, "the XML form changed".to_owned());
    }
}
