//! Renders the report as annotations for a GitHub workflow: first errors, then warnings, then
//! notices. Within a level, tasks come before breaks, and breaks come before other changes,
//! because GitHub shows only ten annotations of each level.

use std::fmt::Write as _;

use spec_diff::compatibility::Class;
use spec_model::lines::line;

use super::Report;
use crate::diff::rust;
use crate::diff::subject::sentence;

/// Renders the report.
pub fn render(report: &Report<'_>) -> String {
    let [mut errors, mut warnings, mut notices] = [String::new(), String::new(), String::new()];
    let is_version_too_low = report.check.is_version_too_low();
    for to_do in &report.check.to_do {
        let place = match to_do.file.as_str() {
            file if report.path.as_os_str() == file => String::new(),
            file => format!("file={},", property(file)),
        };
        let words = format!("{}\n{}", to_do.text, to_do.lines);
        let (title, words) = (property(&to_do.title), data(words.trim_end()));
        let _ = writeln!(errors, "::error {place}title={title}::{words}");
    }
    let path = property(&report.path.display().to_string());
    for class in [Class::Breaking, Class::Compatible, Class::DocOnly] {
        for change in report.wire(class) {
            let accepted = report.check.accepted.reason(change);
            let (level, list) = match (class, accepted) {
                // A break with the right version is no error.
                (Class::Breaking, None) if is_version_too_low => ("error", &mut errors),
                (Class::Breaking, _) => ("warning", &mut warnings),
                _ => ("notice", &mut notices),
            };
            let line = line(report.text, &change.new);
            let title = property(&format!("{}: {}", class.word(), change.id));
            let mut words = sentence(report.document, change);
            if let Some(reason) = accepted {
                let _ = write!(words, " (accepted: {reason})");
            }
            let place = format!("file={path},line={line},title={title}");
            let _ = writeln!(list, "::{level} {place}::{}", data(&words));
        }
    }
    // All changes in Rust share one annotation, because they have no line in the document.
    let broken = report.rust(rust::RustClass::Breaking);
    if !broken.is_empty() {
        let items = broken.iter();
        let items: Vec<String> = items
            .map(|change| format!("{}: {}", change.item, change.message))
            .collect();
        let title = property("Rust: breaking");
        let words = data(&items.join("\n"));
        let _ = writeln!(warnings, "::warning file={path},title={title}::{words}");
    }
    errors + &warnings + &notices
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
