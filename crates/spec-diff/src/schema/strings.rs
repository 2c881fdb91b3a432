//! Compares patterns.

use super::comparison::Comparison;
use super::implied::implies_pattern;
use crate::both::Side;
use crate::rules;

/// Compares the patterns that strings have to match.
pub fn compare(comparison: &mut Comparison<'_, '_>) {
    let mut patterns = comparison.shapes().map(|shape| shape.patterns.clone());
    patterns.remove_shared(|one, other| one.0 == other.0);
    let (old, new) = (&comparison.old, &comparison.new);
    patterns.old.retain(|(text, _)| !implies_pattern(new, text));
    patterns.new.retain(|(text, _)| !implies_pattern(old, text));
    if let Some(pair) = patterns.sole() {
        let (from, to) = (pair.old.0, pair.new.0);
        let message = format!("the pattern changed from `{from}` to `{to}`");
        comparison.report(
            &rules::PATTERN_CHANGED,
            pair.map(|(_, part)| *part),
            message,
        );
        return;
    }
    for (side, (text, part)) in patterns.into_items() {
        let message = match side {
            Side::Old => format!("strings needn't match `{text}` any more"),
            Side::New => format!("strings have to match `{text}`"),
        };
        let rules = [&rules::PATTERN_REMOVED, &rules::PATTERN_ADDED];
        comparison.report_unmatched(rules, (side, part), message);
    }
}
