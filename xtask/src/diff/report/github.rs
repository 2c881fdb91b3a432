//! Annotations for a GitHub workflow.

use std::fmt::Write as _;

use super::subject::subject;
use super::{CLASSES, Class, Report};
use crate::diff::locate::line;

/// Renders the report.
pub fn render(report: &Report<'_>) -> String {
    let path = property(&report.path.display().to_string());
    let mut text = String::new();
    for class in CLASSES {
        for change in report
            .wire
            .changes
            .iter()
            .filter(|change| change.class == class)
        {
            let accepted = report.accepted.reason(change);
            let level = match (class, accepted) {
                (Class::Breaking, None) => "error",
                (Class::Breaking, Some(_)) => "warning",
                _ => "notice",
            };
            let line = line(report.text, &change.new);
            let title = property(&format!("{}: {}", class.word(), change.id));
            let mut words = format!(
                "{}: {}",
                subject(report.document, &change.new),
                change.message
            );
            if let Some(reason) = accepted {
                let _ = write!(words, " (accepted: {reason})");
            }
            let _ = writeln!(
                text,
                "::{level} file={path},line={line},title={title}::{}",
                data(&words)
            );
        }
    }
    text
}

/// Escapes the text of an annotation.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// Escapes a property of an annotation.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
