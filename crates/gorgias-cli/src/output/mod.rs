//! Standard output, which carries results and nothing else.

pub(crate) mod printable;
mod raw;
mod stdout;
mod text;

use std::io::{self, IsTerminal as _};

use clap::Args;

pub(crate) use self::raw::{items, whole};
pub(crate) use self::stdout::print;
pub(crate) use self::text::{summary_line, ticket_text};

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
