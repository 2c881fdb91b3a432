//! For a terminal.

use std::fmt::Write as _;

use super::subject::subject;
use super::{CLASSES, Report, operations};

/// Renders the report.
pub fn render(report: &Report<'_>) -> String {
    let mut text = format!("Wire: {}\n", report.wire.verdict.word());
    for class in CLASSES {
        for change in report
            .wire
            .changes
            .iter()
            .filter(|change| change.class == class)
        {
            let _ = write!(text, "\n{:<11} {}\n", class.word(), change.id);
            let _ = writeln!(
                text,
                "{:11} {}: {}",
                "",
                subject(report.document, &change.new),
                change.message
            );
            if !change.operations.is_empty() {
                let ways = change.direction.word();
                let _ = writeln!(
                    text,
                    "{:11} in {} ({ways})",
                    "",
                    operations(&change.operations)
                );
            }
            if change.old == change.new {
                let _ = writeln!(text, "{:11} at #{}", "", change.new);
            } else {
                let _ = writeln!(text, "{:11} at #{} -> #{}", "", change.old, change.new);
            }
            if let Some(reason) = report.accepted.reason(change) {
                let _ = writeln!(text, "{:11} accepted: {reason}", "");
            } else if class == super::Class::Breaking {
                let _ = writeln!(text, "{:11} fingerprint {}", "", change.fingerprint);
            }
        }
    }
    text
}
