//! The progress of an import on standard error: a bar with text on a terminal, and
//! a line every ten seconds elsewhere.

use std::io::{self, IsTerminal as _};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use console::Term;
use gorgias_import::{Notice, Progress};
use indicatif::{ProgressBar, ProgressState, ProgressStyle};

use super::fitting::fitted;
use super::state::State;
use crate::command::reporting::{say, write_line};

/// The time between two lines when there is no terminal.
const PERIOD: Duration = Duration::from_secs(10);

/// How often the lines on a terminal are redrawn when nothing happens.
const TICK: Duration = Duration::from_millis(500);

/// A terminal with fewer columns gets a shorter bar.
const NARROW: usize = 60;

/// Shows the progress, also while nothing happens.
pub(super) struct Display {
    state: Arc<Mutex<State>>,
    form: Form,
}

enum Form {
    Bar(ProgressBar),
    /// Lines are written until this is dropped.
    Lines {
        _until: Sender<()>,
    },
}

impl Display {
    /// Starts the display. `lines` is the length of the input, if known.
    pub(super) fn new(lines: Option<u64>, is_dry_run: bool) -> Self {
        let state = Arc::new(Mutex::new(State::new(lines, is_dry_run)));
        let form = if io::stderr().is_terminal() {
            Form::Bar(bar(&state, lines))
        } else {
            let (until, ended) = mpsc::channel();
            let watched = Arc::clone(&state);
            thread::spawn(move || {
                while ended.recv_timeout(PERIOD) == Err(RecvTimeoutError::Timeout) {
                    let (state, now) = (lock(&watched), Instant::now());
                    let facts = state.facts(now).join(", ");
                    let line = format!("{}: {facts}", state.title(now));
                    drop(state);
                    write_line(&line);
                }
            });
            Form::Lines { _until: until }
        };
        Self { state, form }
    }

    /// Updates the display with how far the import has come.
    pub(super) fn show(&self, progress: &Progress) {
        let mut state = lock(&self.state);
        state.take_progress(progress, Instant::now());
        let share = state.share();
        drop(state);
        if let (Form::Bar(bar), Some((done, of))) = (&self.form, share) {
            bar.set_length(of);
            bar.set_position(done);
        }
    }

    /// Updates the display for a notice, and prints its text.
    pub(super) fn notice(&self, notice: &Notice, text: &str) {
        lock(&self.state).take_notice(notice, Instant::now());
        self.say(text);
    }

    /// Prints a line that the bar doesn't overwrite.
    pub(super) fn say(&self, text: &str) {
        match &self.form {
            Form::Bar(bar) => say(Some(bar), text),
            Form::Lines { .. } => say(None, text),
        }
    }

    pub(super) fn finish(self) {
        if let Form::Bar(bar) = self.form {
            bar.finish_and_clear();
        }
    }
}

fn bar(state: &Arc<Mutex<State>>, lines: Option<u64>) -> ProgressBar {
    let bar = match lines {
        Some(lines) => ProgressBar::new(lines),
        None => ProgressBar::new_spinner(),
    };
    let width = match columns() {
        0..NARROW => 8,
        _ => 20,
    };
    let template = match lines {
        Some(_) => format!("{{bar:{width}}} {{state}}"),
        None => "{spinner} {state}".to_owned(),
    };
    let taken = if lines.is_some() { width } else { 1 };
    let state = Arc::clone(state);
    let told = move |_: &ProgressState, out: &mut dyn std::fmt::Write| {
        let (state, now) = (lock(&state), Instant::now());
        let text = fitted(&state.title(now), &state.facts(now), taken, columns());
        // A failed write of the progress must not end the import.
        let _ = out.write_str(&text);
    };
    // An invalid template falls back to the default bar.
    let style = ProgressStyle::with_template(&template);
    let style = style.unwrap_or_else(|_| ProgressStyle::default_bar());
    bar.set_style(style.with_key("state", told));
    bar.enable_steady_tick(TICK);
    bar
}

fn columns() -> usize {
    let (_, columns) = Term::stderr().size();
    columns.into()
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}
