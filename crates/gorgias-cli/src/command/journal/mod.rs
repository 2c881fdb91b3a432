//! `gorgias journal`.

mod forget;
mod show;

use clap::Subcommand;
use gorgias::journal::JournalError;
use gorgias_journal::OpenError;

use self::forget::ForgetArguments;
use self::show::ShowArguments;
use crate::failure::Failure;

/// Read a journal, and drop keys from it
#[derive(Subcommand)]
pub(crate) enum JournalCommand {
    Show(ShowArguments),
    Forget(ForgetArguments),
}

pub(super) async fn run(command: JournalCommand) -> Result<(), Failure> {
    match command {
        JournalCommand::Show(arguments) => show::run(arguments).await,
        JournalCommand::Forget(arguments) => forget::run(arguments).await,
    }
}

pub(super) fn not_opened(error: OpenError) -> Failure {
    Failure::invalid(error.to_string()).because(&error)
}

/// The failure of a command whose journal can't be read or written.
pub(super) fn failed(error: JournalError) -> Failure {
    Failure::unexpected(error.to_string()).because(&error)
}
