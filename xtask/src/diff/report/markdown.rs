//! Renders the report as Markdown, for a pull request.
//!
//! Breaking changes come first, then tasks, and then compatible changes. Parts that few readers
//! need are folded.

use std::fmt::Write as _;

use spec_diff::compatibility::Class;

use super::Report;
use super::markup::cell;
use super::summary::summary;
use crate::diff::rust;
use crate::diff::subject::{operations, subject_and_words};
use crate::diff::to_do::ToDo;

/// The greatest number of changes in Rust that are shown unfolded.
const SHOWN: usize = 8;

/// Renders the report.
pub fn render(report: &Report<'_>) -> String {
    let mut text = format!("## {}\n", cell(&summary(report)));
    breaking(report, &mut text);
    to_do(report, &mut text);
    compatible(report, &mut text);
    let plain = table(report, Class::DocOnly);
    if !plain.is_empty() {
        let count = report.wire(Class::DocOnly).len();
        text += &details(&format!("Documentation only ({count})"), &plain);
    }
    text += &details("Versions", &versions(report));
    let mut text = shortened(text);
    if let Some(outline) = &report.outline {
        text.push_str(&folded(outline, LIMIT.saturating_sub(text.len())));
    }
    text
}

fn breaking(report: &Report<'_>, text: &mut String) {
    let wire = table(report, Class::Breaking);
    let rust = report.rust(rust::RustClass::Breaking);
    if wire.is_empty() && rust.is_empty() {
        return;
    }
    text.push_str("\n### Breaking\n");
    if !wire.is_empty() {
        let _ = write!(text, "\nOn the wire:\n\n{wire}");
    }
    if !rust.is_empty() {
        let _ = write!(text, "\nIn Rust:\n{}", items(&rust));
    }
}

fn to_do(report: &Report<'_>, text: &mut String) {
    let check = report.check;
    if check.to_do.is_empty() && check.notes.is_empty() {
        return;
    }
    text.push_str("\n### To do\n\n");
    for ToDo {
        text: what, lines, ..
    } in &check.to_do
    {
        let _ = writeln!(text, "- [ ] {}", cell(what));
        if !lines.is_empty() {
            text.push('\n');
            for line in fenced("toml", lines).lines() {
                let _ = writeln!(text, "  {line}");
            }
            text.push('\n');
        }
    }
    for note in &check.notes {
        let _ = writeln!(text, "- {}", cell(note));
    }
}

fn compatible(report: &Report<'_>, text: &mut String) {
    let wire = table(report, Class::Compatible);
    let rust = report.rust(rust::RustClass::Additive);
    if wire.is_empty() && rust.is_empty() {
        return;
    }
    text.push_str("\n### Compatible\n");
    if !wire.is_empty() {
        let _ = write!(text, "\n{wire}");
    }
    if !rust.is_empty() {
        let count = rust.len();
        *text += &details(
            &format!("Added in Rust ({count})"),
            items(&rust).trim_start(),
        );
    }
}

/// Returns a table of the changes of a class on the wire; an empty text if there are none.
fn table(report: &Report<'_>, class: Class) -> String {
    let changes = report.wire(class);
    if changes.is_empty() {
        return String::new();
    }
    let mut text = "| where | what | operations | rule |\n|---|---|---|---|\n".to_owned();
    for change in changes {
        let (place, words) = subject_and_words(report.document, change);
        let mut what = cell(&words);
        match report.check.accepted.reason(change) {
            Some(reason) => {
                let _ = write!(what, "<br>accepted: {}", cell(reason));
            }
            None if class == Class::Breaking && report.check.is_version_too_low() => {
                let _ = write!(what, "<br>fingerprint `{}`", change.fingerprint);
            }
            _ => {}
        }
        let (place, names) = (cell(&place), cell(&operations(&change.operations)));
        let _ = writeln!(text, "| {place} | {what} | {names} | `{}` |", change.id);
    }
    text
}

/// Returns a list of changes in Rust. A long list is folded.
fn items(changes: &[&rust::RustChange]) -> String {
    let mut list = "\n".to_owned();
    for change in changes {
        let _ = write!(list, "- `{}`: {}", change.item, cell(&change.message));
        if let Some(cause) = &change.cause {
            let _ = write!(list, " ({})", cell(cause));
        }
        list.push('\n');
    }
    if changes.len() > SHOWN {
        return details(&format!("{} changes", changes.len()), list.trim_start());
    }
    list
}

fn versions(report: &Report<'_>) -> String {
    let mut text = "| crate | was | is | needs | |\n|---|---|---|---|---|\n".to_owned();
    for (name, step) in &report.check.versions {
        let [base, needed] = [&step.base, &step.needed].map(|version| {
            version
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default()
        });
        let answer = step.answer();
        let _ = writeln!(
            text,
            "| {name} | {base} | {} | {needed} | {answer} |",
            step.now
        );
    }
    text
}

fn details(title: &str, body: &str) -> String {
    format!("\n<details><summary>{title}</summary>\n\n{body}\n</details>\n")
}

/// Returns the folded diff of the outline, with at most `room` bytes of lines.
fn folded(outline: &str, room: usize) -> String {
    let mut lines = String::new();
    for line in outline.split_inclusive('\n') {
        if lines.len().saturating_add(line.len()) > room {
            lines.push_str("(The rest is left out.)\n");
            break;
        }
        lines.push_str(line);
    }
    details("The outline", &fenced("diff", &lines))
}

/// Returns a block of code. The fence is longer than any run of backticks in the text, so that
/// the text can't close the block.
fn fenced(language: &str, text: &str) -> String {
    let runs = text.split(|other| other != '`').map(str::len);
    let fence = "`".repeat(runs.max().unwrap_or_default().saturating_add(3));
    format!("{fence}{language}\n{text}{fence}\n")
}

/// The greatest length of a report, in bytes. GitHub accepts comments of up to 65,536
/// characters, so some room remains for closing tags.
const LIMIT: usize = 60_000;

/// Cuts a report that is too long at the end of a line.
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
    // The closing tags were cut off.
    let open = text.matches("<details>").count();
    let closed = text.matches("</details>").count();
    text.push_str(&"\n</details>\n".repeat(open.saturating_sub(closed)));
    text
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
    fn text_cannot_close_its_fence() {
        let block = fenced("toml", "a``b```c\n");
        assert_eq!(block, "``````toml\na``b```c\n``````\n");
    }
}
