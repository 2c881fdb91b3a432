//! The progress of a conversion on standard error.

use std::cell::Cell;
use std::io::{self, IsTerminal as _};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use crate::command::reporting::{say, write_line};

/// The time between two lines when there is no terminal.
const PERIOD: Duration = Duration::from_secs(10);

const STYLE: &str = "{bar:20} {percent:>3}% {bytes} of {total_bytes}, {eta} left";

/// A bar on a terminal, and lines elsewhere.
pub(super) enum Display {
    Bar(ProgressBar),
    Lines {
        size: u64,
        read: Cell<u64>,
        next: Cell<Instant>,
    },
    Nothing,
}

impl Display {
    /// For an input of a size. Quiet where the tickets go to the terminal.
    pub(super) fn new(size: u64, quiet: bool) -> Self {
        if quiet {
            return Self::Nothing;
        }
        if !io::stderr().is_terminal() {
            let now = Instant::now();
            return Self::Lines {
                size,
                read: Cell::new(0),
                next: Cell::new(now.checked_add(PERIOD).unwrap_or(now)),
            };
        }
        let style = ProgressStyle::with_template(STYLE);
        let bar = ProgressBar::new(size);
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        Self::Bar(bar)
    }

    pub(super) fn read(&self, bytes: u64) {
        match self {
            Self::Bar(bar) => bar.inc(bytes),
            Self::Lines { size, read, next } => {
                read.set(read.get().saturating_add(bytes));
                let now = Instant::now();
                if now >= next.get() {
                    next.set(now.checked_add(PERIOD).unwrap_or(now));
                    let percent = read.get().saturating_mul(100).checked_div(*size);
                    write_line(&format!("{}% read", percent.unwrap_or(100)));
                }
            }
            Self::Nothing => {}
        }
    }

    /// Says something that stays.
    pub(super) fn say(&self, text: &str) {
        match self {
            Self::Bar(bar) => say(Some(bar), text),
            Self::Lines { .. } | Self::Nothing => say(None, text),
        }
    }

    pub(super) fn finish(&self) {
        if let Self::Bar(bar) = self {
            bar.finish_and_clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_template_can_be_read() {
        assert!(ProgressStyle::with_template(STYLE).is_ok());
    }
}
