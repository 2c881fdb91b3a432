//! Renders the report as text, for a terminal.

use std::fmt::Write as _;

use spec_diff::Change;
use spec_diff::compatibility::Class;

use super::Report;
use super::summary::summary;
use crate::diff::rust;
use crate::diff::subject::{operations, sentence};

/// The indent of the lines below a heading.
const MARGIN: &str = "            ";

/// Renders the report.
pub fn render(report: &Report<'_>) -> String {
    let mut text = format!("{}\n", summary(report));
    wire(report, Class::Breaking, &mut text);
    rust(report, rust::RustClass::Breaking, &mut text);
    for to_do in &report.check.to_do {
        let _ = write!(text, "\nto do       {}\n", to_do.title);
        let lines = to_do.text.lines().chain(to_do.lines.lines());
        for line in lines {
            let _ = writeln!(text, "{MARGIN}{line}");
        }
    }
    for note in &report.check.notes {
        let _ = write!(text, "\nnote        {note}\n");
    }
    wire(report, Class::Compatible, &mut text);
    rust(report, rust::RustClass::Additive, &mut text);
    wire(report, Class::DocOnly, &mut text);
    versions(report, &mut text);
    text
}

fn wire(report: &Report<'_>, class: Class, text: &mut String) {
    for change in report.wire(class) {
        one(report, change, text);
    }
}

fn one(report: &Report<'_>, change: &Change, text: &mut String) {
    let word = change.class.word();
    let _ = write!(text, "\n{word:<11} {}\n", change.id);
    let _ = writeln!(text, "{MARGIN}{}", sentence(report.document, change));
    if !change.operations.is_empty() {
        let names = operations(&change.operations);
        let _ = writeln!(text, "{MARGIN}in {names} ({})", change.direction);
    }
    if change.old == change.new {
        let _ = writeln!(text, "{MARGIN}at #{}", change.new);
    } else {
        let _ = writeln!(text, "{MARGIN}at #{} -> #{}", change.old, change.new);
    }
    if let Some(reason) = report.check.accepted.reason(change) {
        let _ = writeln!(text, "{MARGIN}accepted: {reason}");
    } else if change.class == Class::Breaking && report.check.is_version_too_low() {
        let _ = writeln!(text, "{MARGIN}fingerprint {}", change.fingerprint);
    }
}

fn rust(report: &Report<'_>, class: rust::RustClass, text: &mut String) {
    for change in report.rust(class) {
        let word = class.word();
        let _ = write!(text, "\n{word:<11} Rust: {}\n", change.item);
        let _ = writeln!(text, "{MARGIN}{}", change.message);
        if let Some(cause) = &change.cause {
            let _ = writeln!(text, "{MARGIN}because of {cause}");
        }
    }
}

fn versions(report: &Report<'_>, text: &mut String) {
    text.push_str("\nVersions\n");
    for (name, step) in &report.check.versions {
        let _ = write!(text, "{name:<11} ");
        if let (Some(base), Some(needed)) = (&step.base, &step.needed) {
            let _ = write!(text, "was {base}, is {}, needs {needed}: ", step.now);
        }
        let _ = writeln!(text, "{}", step.answer());
    }
}
