//! How far the import has come, on standard error.

use std::io::{self, IsTerminal as _, Write as _};
use std::time::Duration;

use gorgias_import::{Phase, Progress};
use indicatif::{HumanDuration, ProgressBar, ProgressStyle};

/// The time between two lines when there is no terminal.
const PERIOD: Duration = Duration::from_secs(10);

/// How often the time is redrawn when nothing happens.
const TICK: Duration = Duration::from_millis(500);

/// A bar on a terminal, and lines elsewhere.
pub(super) enum Display {
    Bar { bar: ProgressBar, sized: bool },
    Lines { size: Option<u64>, next: Duration },
    Nothing,
}

impl Display {
    /// For an input of a size, or one that doesn't tell.
    pub(super) fn new(size: Option<u64>, quiet: bool) -> Self {
        if quiet {
            return Self::Nothing;
        }
        if !io::stderr().is_terminal() {
            return Self::Lines { size, next: PERIOD };
        }
        let bar = match size {
            Some(size) => ProgressBar::new(size),
            None => ProgressBar::new_spinner(),
        };
        bar.set_style(style(size.is_some()));
        bar.enable_steady_tick(TICK);
        Self::Bar {
            bar,
            sized: size.is_some(),
        }
    }

    /// Shows how far it has come.
    pub(super) fn show(&mut self, progress: &Progress) {
        match self {
            Self::Bar { bar, sized } => {
                if *sized {
                    bar.set_position(progress.bytes);
                }
                bar.set_message(described(progress));
            }
            Self::Lines { size, next } if progress.elapsed >= *next => {
                *next = progress.elapsed.saturating_add(PERIOD);
                let mut text = described(progress);
                if let Some(left) = size.and_then(|size| left(progress, size)) {
                    text.push_str(&format!(", {} left", HumanDuration(left)));
                }
                write_line(&text);
            }
            Self::Lines { .. } | Self::Nothing => {}
        }
    }

    /// Says something that stays.
    pub(super) fn say(&self, text: &str) {
        let text = crate::output::printable::line(text);
        match self {
            Self::Bar { bar, .. } => bar.suspend(|| write_line(&text)),
            Self::Lines { .. } | Self::Nothing => write_line(&text),
        }
    }

    pub(super) fn finish(&mut self) {
        if let Self::Bar { bar, .. } = self {
            bar.finish_and_clear();
        }
    }
}

const SIZED: &str = "{bar:20} {percent:>3}% {msg}, {eta} left";
const UNSIZED: &str = "{spinner} {msg}, {elapsed}";

fn style(sized: bool) -> ProgressStyle {
    let template = if sized { SIZED } else { UNSIZED };
    // That they are templates is what a test says.
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

fn write_line(text: &str) {
    // It is not worth failing for.
    let _ = writeln!(io::stderr(), "{text}");
}

/// The counts, the rate, and the state of the limit.
fn described(progress: &Progress) -> String {
    let mut text = match progress.phase {
        Phase::Auditing => "auditing: ".to_owned(),
        _ => String::new(),
    };
    let done = progress.created.saturating_add(progress.found);
    text.push_str(&format!("{done} done"));
    let mut add = |count: u64, what: &str| {
        if count > 0 {
            text.push_str(&format!(", {count} {what}"));
        }
    };
    add(progress.rejected, "rejected");
    add(progress.in_doubt, "in doubt");
    add(progress.retries, "retries");
    add(progress.rate_limited, "times too fast");
    let seconds = progress.elapsed.as_secs_f64().max(0.001);
    #[expect(clippy::cast_precision_loss, reason = "it is shown with one decimal")]
    let rate = progress.requests as f64 / seconds;
    text.push_str(&format!(", {rate:.1} requests/s"));
    if let Some((used, limit)) = progress.limit {
        text.push_str(&format!(", limit {used}/{limit}"));
    }
    text
}

/// The time that the rest of the input will take, at the pace so far.
fn left(progress: &Progress, size: u64) -> Option<Duration> {
    match progress.phase {
        Phase::Sending => rest(progress.bytes, size, progress.elapsed),
        _ => None,
    }
}

/// None once all is read: much may still be under way then.
fn rest(read: u64, size: u64, elapsed: Duration) -> Option<Duration> {
    let rest = size
        .checked_sub(read)
        .filter(|rest| *rest > 0 && read > 0)?;
    #[expect(clippy::cast_precision_loss, reason = "it is an estimate")]
    let share = rest as f64 / read as f64;
    Duration::try_from_secs_f64(elapsed.as_secs_f64() * share).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rest_takes_as_long_as_the_part_before() {
        let second = Duration::from_secs(1);
        assert_eq!(rest(100, 400, second), Some(3 * second));
        for (read, size) in [(0, 400), (400, 400), (500, 400)] {
            assert_eq!(rest(read, size, second), None, "{read} of {size}");
        }
    }

    #[test]
    fn the_templates_can_be_read() {
        for template in [SIZED, UNSIZED] {
            assert!(ProgressStyle::with_template(template).is_ok());
        }
    }
}
