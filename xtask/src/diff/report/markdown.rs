//! For a pull request.

use std::fmt::Write as _;

use super::subject::subject;
use super::{CLASSES, Class, Report, operations};

/// Renders the report.
pub fn render(report: &Report<'_>) -> String {
    let mut text = format!(
        "## The document changed: {} on the wire\n",
        report.wire.verdict.word()
    );
    for class in CLASSES {
        if report.count(class) == 0 {
            continue;
        }
        let folded = class == Class::DocOnly;
        let count = report.count(class);
        let heading = heading(class);
        if folded {
            let _ = write!(
                text,
                "\n<details><summary>{heading} ({count})</summary>\n\n"
            );
        } else {
            let _ = write!(text, "\n### {heading} ({count})\n\n");
        }
        text.push_str("| where | what | operations | rule |\n|---|---|---|---|\n");
        for change in report
            .wire
            .changes
            .iter()
            .filter(|change| change.class == class)
        {
            let place = cell(&subject(report.document, &change.new));
            let mut what = cell(&change.message);
            match report.accepted.reason(change) {
                Some(reason) => {
                    let _ = write!(what, "<br>accepted: {}", cell(reason));
                }
                None if class == Class::Breaking => {
                    let _ = write!(what, "<br>fingerprint `{}`", change.fingerprint);
                }
                None => {}
            }
            let names = cell(&operations(&change.operations));
            let _ = writeln!(text, "| {place} | {what} | {names} | `{}` |", change.id);
        }
        if folded {
            text.push_str("\n</details>\n");
        }
    }
    text
}

fn heading(class: Class) -> &'static str {
    match class {
        Class::Breaking => "Breaking",
        Class::Compatible => "Compatible",
        Class::DocOnly => "Documentation only",
    }
}

/// Text that can neither end a table's cell nor become markup.
pub fn cell(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '|' => safe.push_str("\\|"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '@' => safe.push_str("&#64;"),
            '\n' | '\r' => safe.push(' '),
            other => safe.push(other),
        }
    }
    safe
}
