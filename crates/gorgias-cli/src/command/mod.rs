//! One module per command.

pub(crate) mod api;
pub(crate) mod completions;
pub(crate) mod convert;
pub(crate) mod create;
pub(crate) mod emulator;
pub(crate) mod get;
pub(crate) mod import;
pub(crate) mod journal;
pub(crate) mod list;
pub(crate) mod manual;
mod patience;
pub(crate) mod settle;

use crate::arguments::{Command, TicketCommand};
use crate::exit::Exit;
use crate::failure::Failure;

/// Runs a command to its end.
pub(crate) fn run(command: Command) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::new(Exit::Unexpected, format!("can't start: {error}")))?;
    let result = runtime.block_on(async {
        match command {
            Command::Ticket(TicketCommand::Create(arguments)) => create::run(*arguments).await,
            Command::Ticket(TicketCommand::Get(arguments)) => get::run(arguments).await,
            Command::Ticket(TicketCommand::List(arguments)) => list::run(arguments).await,
            Command::Ticket(TicketCommand::Settle(arguments)) => settle::run(arguments).await,
            Command::Api(arguments) => api::run(*arguments).await,
            Command::Journal(command) => journal::run(command).await,
            Command::Import(arguments) => import::run(*arguments).await,
            Command::Convert(arguments) => convert::run(&arguments),
            Command::Emulator(arguments) => emulator::run(arguments).await,
            Command::Completions(arguments) => completions::run(&arguments),
            Command::Manual(arguments) => manual::run(&arguments),
        }
    });
    // Whoever reads standard input may still wait for a line that never comes.
    runtime.shutdown_background();
    result
}
