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
    rust(report, &mut text);
    versions(report, &mut text);
    text
}

fn rust(report: &Report<'_>, text: &mut String) {
    let Some(rust) = report.rust else { return };
    let _ = writeln!(text, "\nRust: {}", rust.verdict.word());
    if let Some(reason) = &rust.reason {
        let _ = writeln!(text, "{:11} {reason}", "");
    }
    for change in &rust.changes {
        let _ = write!(text, "\n{:<11} {}\n", change.class.word(), change.item);
        let _ = writeln!(text, "{:11} {}", "", change.message);
    }
}

fn versions(report: &Report<'_>, text: &mut String) {
    if report.versions.is_empty() {
        return;
    }
    text.push_str("\nVersions\n");
    for (name, version) in report.versions {
        let answer = if version.ok { "as it is" } else { "not yet" };
        let _ = writeln!(
            text,
            "{name:<11} was {}, is {}, needs {}: {answer}",
            version.base, version.now, version.needed
        );
    }
}
