//! The reports that import and convert write beside their result: a file with a line
//! for each case, such as a rejected line or a changed value, and the first cases on
//! standard error.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use serde::Serialize;

use super::display::Display;
use crate::failure::Failure;

/// The most cases of a kind that are printed one by one.
const MOST_PRINTED: u32 = 20;

/// A file with one line for each case. Without a path, the lines are dropped.
pub(super) struct ReportFile(BufWriter<Box<dyn Write + Send>>);

impl ReportFile {
    pub(super) fn create(path: Option<&Path>) -> Result<Self, Failure> {
        let file: Box<dyn Write + Send> = match path {
            Some(path) => Box::new(File::create(path).map_err(|error| {
                Failure::invalid(format!("{} can't be written: {error}", path.display()))
            })?),
            None => Box::new(io::sink()),
        };
        Ok(Self(BufWriter::new(file)))
    }

    pub(super) fn json(&mut self, line: &impl Serialize) -> io::Result<()> {
        serde_json::to_writer(&mut self.0, line)?;
        self.0.write_all(b"\n")
    }

    pub(super) fn text(&mut self, line: &str) -> io::Result<()> {
        writeln!(self.0, "{line}")
    }

    /// Completes the file. `name` is the file's name in an error.
    pub(super) fn finish(&mut self, name: &str) -> Result<(), Failure> {
        let written = self.0.flush();
        written
            .map_err(|error| Failure::unexpected(format!("the {name} can't be written: {error}")))
    }
}

/// The number of cases of one kind so far, of which the first are printed.
#[derive(Default)]
pub(super) struct Cases(u32);

impl Cases {
    /// Counts a case. Prints the text of each of the first [`MOST_PRINTED`] cases, and
    /// then `more` once.
    pub(super) fn print(&mut self, display: &Display, text: impl FnOnce() -> String, more: &str) {
        self.0 = self.0.saturating_add(1);
        match self.0.checked_sub(MOST_PRINTED) {
            None | Some(0) => display.print(&text()),
            Some(1) => display.print(more),
            Some(_) => {}
        }
    }
}
