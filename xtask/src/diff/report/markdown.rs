//! For a pull request.

use std::fmt::Write as _;

use super::markup::cell;
use super::subject::subject;
use super::{CLASSES, Class, Report, operations};
use crate::diff::rust;

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
    rust(report, &mut text);
    versions(report, &mut text);
    let mut text = shortened(text);
    if let Some(outline) = &report.outline {
        text.push_str(&folded(outline, LIMIT.saturating_sub(text.len())));
    }
    text
}

/// The outline's diff, folded, with as many lines as there is room for.
fn folded(outline: &str, room: usize) -> String {
    // A fence longer than any in the text can't be closed by it.
    let fence = "`".repeat(longest_run(outline, '`').saturating_add(3));
    let mut lines = String::new();
    for line in outline.split_inclusive('\n') {
        if lines.len().saturating_add(line.len()) > room {
            lines.push_str("(The rest is left out.)\n");
            break;
        }
        lines.push_str(line);
    }
    format!(
        "\n<details><summary>The outline</summary>\n\n{fence}diff\n{lines}{fence}\n\n</details>\n"
    )
}

fn rust(report: &Report<'_>, text: &mut String) {
    let Some(rust) = report.rust else { return };
    let _ = write!(text, "\n### Rust: {}\n", rust.verdict.word());
    if let Some(reason) = &rust.reason {
        let _ = write!(text, "\n{}\n", cell(reason));
    }
    for class in [rust::Class::Breaking, rust::Class::Additive] {
        let of_class: Vec<_> = rust
            .changes
            .iter()
            .filter(|change| change.class == class)
            .collect();
        if of_class.is_empty() {
            continue;
        }
        let (count, word) = (of_class.len(), class.word());
        let _ = write!(text, "\n<details><summary>{count} {word}</summary>\n\n");
        for change in of_class {
            let _ = writeln!(text, "- `{}`: {}", change.item, cell(&change.message));
        }
        text.push_str("\n</details>\n");
    }
}

fn versions(report: &Report<'_>, text: &mut String) {
    if report.versions.is_empty() {
        return;
    }
    text.push_str("\n### Versions\n\n| crate | was | is | needs | |\n|---|---|---|---|---|\n");
    for (name, version) in report.versions {
        let answer = if version.ok {
            "as it is"
        } else {
            "**not yet**"
        };
        let (base, now, needed) = (&version.base, &version.now, &version.needed);
        let _ = writeln!(text, "| {name} | {base} | {now} | {needed} | {answer} |");
    }
}

fn longest_run(text: &str, of: char) -> usize {
    text.split(|other| other != of)
        .map(str::len)
        .max()
        .unwrap_or_default()
}

/// GitHub takes comments of 65,536 characters.
const LIMIT: usize = 60_000;

fn shortened(mut text: String) -> String {
    const NOTE: &str = "\n\n(The rest is left out. `cargo xtask diff` prints all of it.)\n";
    if text.len() <= LIMIT {
        return text;
    }
    let mut end = LIMIT;
    while !text.is_char_boundary(end) {
        end = end.saturating_sub(1);
    }
    text.truncate(end);
    if let Some(line) = text.rfind('\n') {
        text.truncate(line);
    }
    text.push_str(NOTE);
    // What was cut in half has to end nevertheless.
    let open = text.matches("<details>").count();
    let closed = text.matches("</details>").count();
    text.push_str(&"\n</details>\n".repeat(open.saturating_sub(closed)));
    text
}

fn heading(class: Class) -> &'static str {
    match class {
        Class::Breaking => "Breaking",
        Class::Compatible => "Compatible",
        Class::DocOnly => "Documentation only",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_reports_are_cut_at_a_line() {
        let text = shortened("a line of text\n".repeat(10_000));
        assert!(text.len() < 65_536);
        assert!(text.contains("a line of text\n\n(The rest is left out"));
    }

    #[test]
    fn what_is_folded_ends_where_it_is_cut() {
        let text = shortened("<details>\n".to_owned() + &"a line of text\n".repeat(10_000));
        assert!(text.ends_with("</details>\n"));
    }

    #[test]
    fn the_outline_has_the_room_that_is_left() {
        let outline = "-a line of the outline\n".repeat(100);
        let text = folded(&outline, 230);
        assert_eq!(text.matches("-a line").count(), 10);
        assert!(text.contains("(The rest is left out.)\n```\n\n</details>"));
        assert!(!folded(&outline, 10_000).contains("left out"));
    }

    #[test]
    fn runs_are_measured() {
        assert_eq!(longest_run("a``b```c", '`'), 3);
    }
}
