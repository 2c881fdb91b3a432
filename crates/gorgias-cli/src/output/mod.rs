//! Standard output, which carries results and nothing else.

mod raw;
mod stdout;
mod text;

use std::io::{self, IsTerminal as _, Write as _};

use clap::Args;
use gorgias::Metadata;
use gorgias::types::Ticket;

use crate::failure::Failure;
use crate::printable;

pub(crate) use self::raw::items;
use self::raw::whole;
pub(crate) use self::stdout::print;
use self::text::ticket_text;
pub(crate) use self::text::{summary_head, summary_line};

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
}

/// Prints a ticket and what it came with.
pub(crate) fn show(ticket: &Ticket, metadata: &Metadata, format: Format) -> Result<(), Failure> {
    match format {
        Format::Json => print(whole(metadata.body(), ticket) + "\n"),
        Format::Text => print(ticket_text(ticket)),
    }
}

/// Says something on standard error that is no failure.
pub(crate) fn tell(text: &str) {
    // It is not worth failing for.
    let _ = writeln!(io::stderr(), "note: {}", printable::line(text));
}
