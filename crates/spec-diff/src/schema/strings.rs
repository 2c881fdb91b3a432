//! Compares patterns.

use super::comparison::Comparison;
use super::implied::keeps_pattern;
use crate::document::NodeId;
use crate::reach::Via;
use crate::rules;

/// Compares the patterns that strings have to match.
pub fn compare(comparison: &mut Comparison<'_, '_>) {
    let (old, new) = (
        comparison.old.patterns.clone(),
        comparison.new.patterns.clone(),
    );
    let without = |list: &[(&str, NodeId)], others: &[(&str, NodeId)]| -> Vec<(String, NodeId)> {
        let left = list
            .iter()
            .filter(|(text, _)| others.iter().all(|(other, _)| other != text));
        left.map(|(text, part)| ((*text).to_owned(), *part))
            .collect()
    };
    let (mut gone, mut came) = (without(&old, &new), without(&new, &old));
    gone.retain(|(text, _)| !keeps_pattern(&comparison.new, text));
    came.retain(|(text, _)| !keeps_pattern(&comparison.old, text));
    if let ([(from, old_part)], [(to, new_part)]) = (gone.as_slice(), came.as_slice()) {
        let message = format!("the pattern changed from `{from}` to `{to}`");
        comparison.report(&rules::PATTERN_CHANGED, *old_part, *new_part, message);
        return;
    }
    for (text, part) in gone {
        let message = format!("strings needn't match `{text}` any more");
        comparison.report_lost(&rules::PATTERN_REMOVED, part, part, message, Via::PLAIN);
    }
    for (text, part) in came {
        let message = format!("strings have to match `{text}`");
        comparison.report_gained(&rules::PATTERN_ADDED, part, part, message, Via::PLAIN);
    }
}
