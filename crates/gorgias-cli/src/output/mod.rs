//! Standard output, which carries results and nothing else.

mod items;
mod raw;
mod table;
mod text;

use std::io::{self, ErrorKind, IsTerminal as _, Write as _};

use clap::Args;
use gorgias::Metadata;
use serde::Serialize;

use crate::failure::Failure;
use crate::printable;

pub(crate) use self::items::ItemPrinter;
pub(crate) use self::raw::{items, json_of};
pub(crate) use self::table::{Column, head, row};
pub(crate) use self::text::{facts, message_text, person, text_of, ticket_text, time, yes_or_no};

#[derive(Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct OutputArguments {
    /// Print JSON on a terminal too: the service's answer, with every value as it
    /// came
    #[arg(long)]
    json: bool,
}

/// The two forms of a result.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Json,
    Text,
}

impl OutputArguments {
    pub(crate) fn format(&self) -> Format {
        if self.json || !io::stdout().is_terminal() {
            Format::Json
        } else {
            Format::Text
        }
    }

    /// Prints the answer to a call, as the service sent it or in a readable form.
    pub(crate) fn print<T: Serialize>(
        &self,
        value: &T,
        metadata: &Metadata,
        text: fn(&T) -> String,
    ) -> Result<(), Failure> {
        match self.format() {
            Format::Json => print(json_of(metadata.body(), value) + "\n"),
            Format::Text => print(text(value)),
        }
    }
}

/// Writes to standard output, and flushes it.
pub(crate) fn print(text: impl AsRef<[u8]>) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    stdout
        .write_all(text.as_ref())
        .and_then(|()| stdout.flush())
        .map_err(|error| not_written(&error))
}

/// Returns the failure of a write to standard output. If the reader of the output has
/// closed it, the failure ends the command without an error message.
pub(crate) fn not_written(error: &io::Error) -> Failure {
    match error.kind() {
        ErrorKind::BrokenPipe => Failure::reader_gone(),
        _ => Failure::unexpected(format!("the result can't be written: {error}")),
    }
}

/// Prints a note on standard error, for something that is no failure.
pub(crate) fn note(text: &str) {
    // A failed write to standard error is no failure of the command.
    let _ = writeln!(io::stderr(), "note: {}", printable::line(text));
}
