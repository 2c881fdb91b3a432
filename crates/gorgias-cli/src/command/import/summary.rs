//! The summary as a short page for a terminal.

use gorgias_import::{Ended, Summary};

use super::numbers::{count, duration, number};

/// The results of an import, one line for each number that isn't zero.
pub(super) fn text(summary: &Summary) -> String {
    let mut page = format!("{}\n", title(summary));
    let mut row = |count: u64, what: &str| {
        if count > 0 {
            page.push_str(&format!("{:>12}  {what}\n", number(count)));
        }
    };
    row(summary.valid.unwrap_or_default(), "valid");
    row(summary.invalid.unwrap_or_default(), "invalid");
    row(summary.warned.unwrap_or_default(), "with warnings");
    if summary.valid.is_none() {
        row(summary.created, "created");
        row(summary.found, "found, there before");
        row(summary.rejected, "rejected");
        row(summary.in_doubt, "in doubt, may exist");
        row(summary.unsent, "not sent");
    }
    row(summary.unread.unwrap_or_default(), "not read");
    row(summary.missing.unwrap_or_default(), "missing in the list");
    row(
        summary.duplicates.unwrap_or_default(),
        "with several tickets",
    );
    if summary.requests > 0 {
        let mut made = format!(
            "{} in {}",
            count(summary.requests, "request"),
            duration(summary.elapsed)
        );
        if summary.rate_limited > 0 {
            made.push_str(&format!(", {} too fast", number(summary.rate_limited)));
        }
        page.push_str(&format!("{made}\n"));
    }
    page
}

fn title(summary: &Summary) -> String {
    let lines = count(summary.read, "line");
    let of = match summary.unread {
        Some(0) => lines,
        Some(_) => format!(
            "{} of {}",
            number(summary.read),
            count(summary.total, "line")
        ),
        None => format!("{lines}, the rest wasn't read"),
    };
    let ended = match (summary.ended, summary.valid) {
        (Ended::Complete, Some(_)) => "Checked",
        (Ended::Complete, None) => "Complete",
        (Ended::Interrupted, _) => "Interrupted",
        (Ended::GaveUp, _) => "Gave up",
        (Ended::Refused, _) => "Refused",
        _ => "Failed",
    };
    format!("{ended}: {of}")
}
