//! Annotations for a GitHub workflow.

use std::fmt::Write as _;

use spec_model::lines::line;

use super::subject::subject;
use super::{CLASSES, Class as WireClass, Report};
use crate::diff::rust::{Class, Rust, Verdict};

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
                (WireClass::Breaking, None) => "error",
                (WireClass::Breaking, Some(_)) => "warning",
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
    if let Some(rust) = report.rust {
        rust_annotations(rust, &path, &mut text);
    }
    for (name, step) in report.versions {
        if !step.ok {
            let level = if step.is_unaccounted() {
                "error"
            } else {
                "warning"
            };
            let (now, needed) = (&step.now, &step.needed);
            let _ = writeln!(
                text,
                "::{level} file=Cargo.toml,title={name} needs {needed}::{name} is {now}, and this change needs {needed}"
            );
        }
    }
    text
}

/// GitHub shows few annotations of a step, so that Rust has one.
fn rust_annotations(rust: &Rust, path: &str, text: &mut String) {
    let level = match rust.verdict {
        Verdict::None | Verdict::Additive => return,
        // Whether a break has the version for it, the versions say.
        Verdict::Breaking => "warning",
        Verdict::NotGeneratable => "error",
    };
    let words = match &rust.reason {
        Some(reason) => reason.clone(),
        None => {
            let broken = rust
                .changes
                .iter()
                .filter(|change| change.class == Class::Breaking);
            let items: Vec<String> = broken
                .map(|change| format!("{}: {}", change.item, change.message))
                .collect();
            items.join("\n")
        }
    };
    let title = property(&format!("Rust: {}", rust.verdict.word()));
    let _ = writeln!(
        text,
        "::{level} file={path},title={title}::{}",
        data(&words)
    );
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
