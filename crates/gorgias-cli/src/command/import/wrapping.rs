//! Fits the text of an import's progress to the width of the terminal.

/// The most lines that a title takes.
const MOST_LINES: usize = 4;

/// The title, and the facts below it, on lines that are no longer than the terminal is
/// wide. The bar takes `taken` columns of the first line.
pub(super) fn fitted(title: &str, facts: &[String], taken: usize, columns: usize) -> String {
    let beside = columns.saturating_sub(taken).saturating_sub(2);
    let title = wrapped(title, beside, columns);
    let facts = lines(
        facts.iter().map(String::as_str),
        ", ",
        [columns; 2],
        usize::MAX,
    );
    format!("{title}\n{facts}")
}

/// A text on as many lines as it needs, but at most [`MOST_LINES`]. The first line may
/// be shorter than the others.
fn wrapped(text: &str, first: usize, others: usize) -> String {
    lines(text.split(' '), " ", [first, others], MOST_LINES)
}

/// Joins parts with a separator into at most `most` lines that fit: `first` is the room
/// on the first line, and `others` on each other one.
fn lines<'p>(
    parts: impl Iterator<Item = &'p str>,
    separator: &str,
    [first, others]: [usize; 2],
    most: usize,
) -> String {
    let end = separator.trim_end();
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for part in parts {
        let room = if lines.is_empty() { first } else { others };
        let longer = match line.is_empty() {
            true => part.to_owned(),
            false => format!("{line}{separator}{part}"),
        };
        let width = console::measure_text_width(&longer).saturating_add(end.len());
        if line.is_empty() || width <= room {
            line = longer;
        } else if lines.len().saturating_add(1) < most {
            lines.push(line + end);
            line = part.to_owned();
        } else {
            line.push_str(" …");
            break;
        }
    }
    lines.push(line);
    let rooms = std::iter::once(first).chain(std::iter::repeat(others));
    let lines = lines.iter().zip(rooms);
    let lines: Vec<_> = lines
        .map(|(line, room)| console::truncate_str(line, room, "…"))
        .collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use gorgias_import::{AuditProgress, Phase, Progress};

    use super::*;
    use crate::command::import::state::State;

    /// Returns the lines beside a bar of this width, at this instant.
    fn shown(state: &State, now: Instant, bar: usize, columns: usize) -> Vec<String> {
        let text = fitted(&state.title(now), &state.facts(now), bar, columns);
        let lines: Vec<_> = text.lines().map(str::to_owned).collect();
        for (index, line) in lines.iter().enumerate() {
            let taken = if index == 0 { bar + 1 } else { 0 };
            assert!(line.chars().count() + taken <= columns, "{columns}: {line}");
        }
        lines
    }

    #[test]
    fn a_wait_shows_its_reason_and_its_end_on_any_terminal() {
        let now = Instant::now();
        let mut state = State::new(Some(5_000), false);
        let mut progress = Progress::default();
        (progress.lines, progress.created) = (1_200, 1_000);
        state.take_progress(&progress, now);
        state.wait(
            "503 Service Unavailable",
            Duration::from_secs(1_800),
            true,
            now,
        );
        let until = |line: &str| {
            let time = line.trim_start_matches("until ").trim_start();
            time.get(2..3) == Some(":") && time.get(5..6) == Some(":")
        };

        let narrow = shown(&state, now, 8, 40);
        assert_eq!(narrow[0], "waiting for the service until");
        assert!(until(&narrow[1]), "{narrow:?}");
        assert!(
            narrow[1].ends_with(" UTC: 503 Service Unavailable"),
            "{narrow:?}"
        );
        assert_eq!(narrow[2], "1,200 of 5,000 lines, 1,000 created");

        let wide = shown(&state, now, 20, 120);
        let time = wide[0].strip_prefix("waiting for the service ");
        assert!(time.is_some_and(until), "{wide:?}");
        assert!(
            wide[0].ends_with(" UTC: 503 Service Unavailable"),
            "{wide:?}"
        );
        assert_eq!(wide[1], "1,200 of 5,000 lines, 1,000 created");

        // It is over with the next success, and not with a mere read.
        state.take_progress(&progress, now);
        assert!(state.title(now).starts_with("waiting"));
    }

    #[test]
    fn an_audit_shows_its_own_measure_on_any_terminal() {
        let now = Instant::now();
        let mut state = State::new(Some(5_000), false);
        let mut audit = AuditProgress::default();
        (audit.met, audit.of) = (4_500, 5_000);
        let mut progress = Progress::default();
        progress.phase = Phase::Auditing;
        (progress.lines, progress.created) = (5_000, 5_000);
        progress.audit = Some(audit);
        state.take_progress(&progress, now);
        assert_eq!(
            shown(&state, now, 8, 40),
            ["audit 90 %", "4,500 of 5,000 tickets met,", "5,000 created"]
        );
        assert_eq!(
            shown(&state, now, 20, 120),
            ["audit 90 %", "4,500 of 5,000 tickets met, 5,000 created"]
        );
        audit.pause = Some(Duration::from_secs(39));
        progress.audit = Some(audit);
        state.take_progress(&progress, now);
        assert_eq!(
            shown(&state, now, 8, 40)[..2],
            ["audit 90 %, looking again", "after 39 s"]
        );
        assert_eq!(
            shown(&state, now, 20, 120)[0],
            "audit 90 %, looking again after 39 s"
        );
    }

    #[test]
    fn a_long_reason_takes_some_lines_and_no_more() {
        let text = wrapped(&"word ".repeat(100), 10, 20);
        assert_eq!(text.lines().count(), MOST_LINES);
        assert!(text.ends_with('…'), "{text}");
        assert_eq!(wrapped("abcdefghij", 5, 5), "abcd…");
    }

    #[test]
    fn no_line_is_longer_than_the_terminal_is_wide() {
        let facts = [
            "1,200 of 5,000 lines",
            "1,000 created",
            "200 found",
            "2.0 requests/s",
        ];
        let facts = facts.map(str::to_owned);
        let title = "waiting for the service until 14:03:12 UTC: 503 Service Unavailable";
        for columns in [20, 40, 120] {
            let text = fitted(title, &facts, 8, columns);
            for (index, line) in text.lines().enumerate() {
                let taken = if index == 0 { 9 } else { 0 };
                assert!(line.chars().count() + taken <= columns, "{columns}: {line}");
            }
        }
        assert_eq!(
            fitted("sending 24 %, 1 h 2 min left", &facts, 8, 40),
            "sending 24 %, 1 h 2 min left\n1,200 of 5,000 lines, 1,000 created,\n\
             200 found, 2.0 requests/s"
        );
    }
}
