//! The progress of an import: a bar with text on a terminal, and lines elsewhere.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use console::Term;
use gorgias_import::{Notice, Progress};
use indicatif::{ProgressBar, ProgressState, ProgressStyle};

use super::state::State;
use super::wrapping::fitted;
use crate::command::display::Display;

/// How often the lines on a terminal are redrawn when nothing happens.
const TICK: Duration = Duration::from_millis(500);

/// A terminal with fewer columns gets a shorter bar.
const NARROW: usize = 60;

/// Shows the progress, and updates it also while nothing happens.
pub(super) struct ImportProgress {
    state: Arc<Mutex<State>>,
    pub(super) display: Display,
}

impl ImportProgress {
    /// Starts the display. `lines` is the number of lines of the input, if known.
    pub(super) fn new(lines: Option<u64>, is_dry_run: bool) -> Self {
        let state = Arc::new(Mutex::new(State::new(lines, is_dry_run)));
        let watched = Arc::clone(&state);
        let line = move || {
            let (state, now) = (lock(&watched), Instant::now());
            format!("{}: {}", state.title(now), state.facts(now).join(", "))
        };
        let display = Display::new(|| bar(&state, lines), line);
        Self { state, display }
    }

    /// Updates the display with the progress of the import.
    pub(super) fn show(&self, progress: &Progress) {
        let mut state = lock(&self.state);
        state.take_progress(progress, Instant::now());
        let share = state.share();
        drop(state);
        if let (Some(bar), Some((done, of))) = (self.display.bar(), share) {
            bar.set_length(of);
            bar.set_position(done);
        }
    }

    /// Updates the display for a notice, and prints its text.
    pub(super) fn notice(&self, notice: &Notice, text: &str) {
        lock(&self.state).take_notice(notice, Instant::now());
        self.display.print(text);
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
    let text = move |_: &ProgressState, out: &mut dyn std::fmt::Write| {
        let (state, now) = (lock(&state), Instant::now());
        let lines = fitted(&state.title(now), &state.facts(now), taken, columns());
        // A failed write of the progress must not end the import.
        let _ = out.write_str(&lines);
    };
    // An invalid template falls back to the default bar.
    let style = ProgressStyle::with_template(&template);
    let style = style.unwrap_or_else(|_| ProgressStyle::default_bar());
    bar.set_style(style.with_key("state", text));
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
