//! Standard output, which carries results and nothing else.

mod facts;
mod list;
mod raw;
mod stdout;
mod table;
mod text;

use std::io::{self, IsTerminal as _, Write as _};

use clap::Args;
use gorgias::{Metadata, Response};
use serde::Serialize;

use crate::failure::Failure;
use crate::printable;

pub(crate) use self::facts::{facts, person, text_of, yes_or_no};
pub(crate) use self::list::Printer;
pub(crate) use self::raw::{items, whole as json_of};
pub(crate) use self::stdout::print;
pub(crate) use self::table::Table;
pub(crate) use self::text::{message_text, ticket_text, time};

#[derive(Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct OutputArguments {
    /// Print JSON on a terminal too; it is what the service answered, with
    /// every value as it came
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

    /// Prints an answer, as the service sent it or in a readable form.
    pub(crate) fn show<T: Serialize>(
        &self,
        answer: &Response<T>,
        text: fn(&T) -> String,
    ) -> Result<(), Failure> {
        show_as(&**answer, answer.metadata(), self.format(), text)
    }
}

/// Prints the answer to a call, as the service sent it or in a readable form.
pub(crate) fn show_as<T: Serialize>(
    value: &T,
    metadata: &Metadata,
    format: Format,
    text: fn(&T) -> String,
) -> Result<(), Failure> {
    match format {
        Format::Json => print(json_of(metadata.body(), value) + "\n"),
        Format::Text => print(text(value)),
    }
}

/// Prints a note on standard error that is no failure.
pub(crate) fn tell(text: &str) {
    // A failed write to standard error is no failure of the command.
    let _ = writeln!(io::stderr(), "note: {}", printable::line(text));
}
