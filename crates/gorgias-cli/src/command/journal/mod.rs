//! `gorgias journal`, and the option `--journal` of other commands.

mod arguments;
mod forget;
mod show;

use clap::Subcommand;

pub(super) use self::arguments::JournalArguments;
use self::arguments::{failed, not_opened};
use self::forget::ForgetArguments;
use self::show::ShowArguments;
use crate::connection::ConnectionArguments;
use crate::failure::Failure;

/// Read a journal, and drop keys from it
#[derive(Subcommand)]
pub(crate) enum JournalCommand {
    Show(ShowArguments),
    Forget(ForgetArguments),
}

impl JournalCommand {
    /// The connection of the command, if it sends requests.
    pub(super) fn connection(&mut self) -> Option<&mut ConnectionArguments> {
        match self {
            Self::Show(_) => None,
            Self::Forget(arguments) => Some(&mut arguments.connection),
        }
    }
}

pub(super) async fn run(command: JournalCommand) -> Result<(), Failure> {
    match command {
        JournalCommand::Show(arguments) => show::run(arguments).await,
        JournalCommand::Forget(arguments) => forget::run(arguments).await,
    }
}
