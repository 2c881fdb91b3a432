//! `gorgias journal`, and the option `--journal` of other commands.

mod arguments;
mod forget;
mod show;

use clap::Subcommand;

use self::arguments::not_opened;
pub(super) use self::arguments::{JournalArguments, failed, keep};
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
