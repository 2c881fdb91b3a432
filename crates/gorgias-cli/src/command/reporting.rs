//! The reports of import and convert beside their result: a file with a line for each
//! case, and the first cases on standard error.

use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::path::Path;

use serde::Serialize;

use super::display::Display;
use crate::exit::Exit;
use crate::failure::Failure;

/// The most cases of a kind that are printed one by one.
const MOST_TOLD: u32 = 20;

/// A file with one line for each case, if there is to be one.
pub(super) struct LinesFile(Option<BufWriter<File>>);

impl LinesFile {
    pub(super) fn create(path: Option<&Path>) -> Result<Self, Failure> {
        let Some(path) = path else {
            return Ok(Self(None));
        };
        let file = File::create(path).map_err(|error| {
            Failure::invalid(format!("{} can't be written: {error}", path.display()))
        })?;
        Ok(Self(Some(BufWriter::new(file))))
    }

    pub(super) fn json(&mut self, line: &impl Serialize) -> io::Result<()> {
        let Some(file) = &mut self.0 else {
            return Ok(());
        };
        serde_json::to_writer(&mut *file, line)?;
        file.write_all(b"\n")
    }

    pub(super) fn text(&mut self, line: &str) -> io::Result<()> {
        match &mut self.0 {
            Some(file) => writeln!(file, "{line}"),
            None => Ok(()),
        }
    }

    /// Completes the file. `name` is what it is called in an error.
    pub(super) fn finish(&mut self, name: &str) -> Result<(), Failure> {
        let written = self.0.as_mut().map_or(Ok(()), BufWriter::flush);
        written.map_err(|error| {
            let problem = format!("the {name} can't be written: {error}");
            Failure::new(Exit::Unexpected, problem)
        })
    }
}

/// The number of cases of a kind that were printed.
#[derive(Default)]
pub(super) struct Told(u32);

impl Told {
    /// Prints a further case: its own text for the first cases, then once `more`, and
    /// nothing after that.
    pub(super) fn tell(&mut self, display: &Display, text: impl FnOnce() -> String, more: &str) {
        self.0 = self.0.saturating_add(1);
        match self.0.checked_sub(MOST_TOLD) {
            None | Some(0) => display.say(&text()),
            Some(1) => display.say(more),
            Some(_) => {}
        }
    }
}
