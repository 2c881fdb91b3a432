//! The summary of a conversion on standard error.

use std::io::{self, Write as _};

use gorgias_convert::{NoticeKind, Summary};

use super::arguments::ConvertArguments;
use crate::exit::Exit;
use crate::failure::Failure;

/// Writes the summary. Records that are missing in the output are a failure.
pub(super) fn tell(summary: &Summary, arguments: &ConvertArguments) -> Result<(), Failure> {
    // A failed write to standard error is no failure of the conversion.
    let _ = io::stderr().write_all(text(summary).as_bytes());
    if summary.files > 0 {
        crate::output::tell("gorgias import uploads the files with --attachments upload");
    }
    let unmapped = summary.notices.contains_key(&NoticeKind::Unmapped);
    if unmapped && arguments.map.is_none() {
        crate::output::tell("--template writes a map of the values, for --map");
    }
    let unknown = summary.notices.contains_key(&NoticeKind::UnknownAuthor);
    if unknown && !arguments.is_csv() && arguments.users.is_empty() {
        crate::output::tell("--users says who the authors are");
    }
    match summary.failures() {
        0 => Ok(()),
        failures => {
            let problem = format!("{failures} records are not in the output");
            let failure = Failure::new(Exit::Rejected, problem);
            Err(match arguments.report {
                Some(_) => failure.hint("the report names each"),
                None => failure.hint("--report names each"),
            })
        }
    }
}

fn text(summary: &Summary) -> String {
    let Summary {
        tickets,
        lines,
        messages,
        notes,
        attachments,
        ..
    } = summary;
    let mut text = format!(
        "{tickets} tickets read, {lines} lines written: {messages} messages, of which {notes} \
         internal notes, and {attachments} attachments\n"
    );
    for (kind, count) in &summary.notices {
        text.push_str(&format!("{count:>9} {kind}\n"));
    }
    for (count, what) in [
        (summary.files, "addresses that lead to files now"),
        (
            summary.at_source,
            "addresses of files that lead to the source, and end with its account",
        ),
    ] {
        if count > 0 {
            text.push_str(&format!("{count:>9} {what}\n"));
        }
    }
    text
}
