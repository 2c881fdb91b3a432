//! Shows the progress of a long command on standard error: a bar on a terminal, and a
//! line every ten seconds elsewhere.

use std::io::{self, IsTerminal as _, Write as _};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

use indicatif::ProgressBar;

use crate::printable;

/// The time between two lines when there is no terminal.
const PERIOD: Duration = Duration::from_secs(10);

/// Shows the progress until this value is dropped.
#[derive(Default)]
pub(super) struct Display {
    bar: Option<ProgressBar>,
    /// Lines are written until this sender is dropped.
    _until: Option<Sender<()>>,
}

impl Display {
    /// Begins to show the progress: with a bar, or with the lines that `line` returns.
    pub(super) fn new(
        bar: impl FnOnce() -> ProgressBar,
        line: impl Fn() -> String + Send + 'static,
    ) -> Self {
        if io::stderr().is_terminal() {
            return Self {
                bar: Some(bar()),
                _until: None,
            };
        }
        let (until, ended) = mpsc::channel();
        thread::spawn(move || {
            while ended.recv_timeout(PERIOD) == Err(RecvTimeoutError::Timeout) {
                write_line(&line());
            }
        });
        Self {
            bar: None,
            _until: Some(until),
        }
    }

    /// The bar, if there is one.
    pub(super) fn bar(&self) -> Option<&ProgressBar> {
        self.bar.as_ref()
    }

    /// Prints a line that isn't overwritten, above the bar if there is one.
    pub(super) fn print(&self, text: &str) {
        let text = printable::line(text);
        match &self.bar {
            Some(bar) => bar.suspend(|| write_line(&text)),
            None => write_line(&text),
        }
    }

    pub(super) fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

fn write_line(text: &str) {
    // A failed write to standard error is no failure of the command.
    let _ = writeln!(io::stderr(), "{text}");
}
