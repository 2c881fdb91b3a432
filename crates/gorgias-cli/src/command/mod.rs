//! One module per command.

mod api;
mod completions;
mod convert;
mod create;
mod emulator;
mod get;
mod import;
mod journal;
mod list;
mod manual;
mod patience;
mod settle;
mod upload;

use clap::Subcommand;

use self::api::ApiArguments;
use self::completions::CompletionsArguments;
use self::convert::ConvertArguments;
use self::create::CreateArguments;
use self::emulator::EmulatorArguments;
use self::get::GetArguments;
use self::import::ImportArguments;
use self::journal::JournalCommand;
use self::list::ListArguments;
use self::manual::ManualArguments;
use self::settle::SettleArguments;
use self::upload::UploadArguments;
use crate::connection::{ConnectionArguments, ConnectionFlags};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::verbose;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Create, read, list and settle tickets
    #[command(subcommand)]
    Ticket(TicketCommand),
    Api(Box<ApiArguments>),
    Upload(UploadArguments),
    Import(Box<ImportArguments>),
    Convert(ConvertArguments),
    /// Read a journal, and drop keys from it
    #[command(subcommand)]
    Journal(JournalCommand),
    Emulator(EmulatorArguments),
    Completions(CompletionsArguments),
    Manual(ManualArguments),
}

#[derive(Subcommand)]
pub(crate) enum TicketCommand {
    Create(Box<CreateArguments>),
    Get(GetArguments),
    List(ListArguments),
    Settle(SettleArguments),
}

/// Runs a command to its end. `line` is the command line that it is one of.
pub(crate) fn run(
    mut command: Command,
    flags: ConnectionFlags,
    line: clap::Command,
) -> Result<(), Failure> {
    match command.connection() {
        Some(connection) => connection.take(flags)?,
        None => flags.refuse()?,
    }
    if command.connection().is_some_and(|it| it.is_verbose()) {
        verbose::begin();
    }
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
            Command::Upload(arguments) => upload::run(arguments).await,
            Command::Journal(command) => journal::run(command).await,
            Command::Import(arguments) => import::run(*arguments).await,
            Command::Convert(arguments) => convert::run(&arguments),
            Command::Emulator(arguments) => emulator::run(arguments).await,
            Command::Completions(arguments) => completions::run(&arguments, line),
            Command::Manual(arguments) => manual::run(&arguments, line),
        }
    });
    // Whoever reads standard input may still wait for a line that never comes.
    runtime.shutdown_background();
    result
}

impl Command {
    /// Whom it talks to, if it talks to anybody.
    fn connection(&mut self) -> Option<&mut ConnectionArguments> {
        match self {
            Self::Ticket(TicketCommand::Create(it)) => Some(&mut it.connection),
            Self::Ticket(TicketCommand::Get(it)) => Some(&mut it.connection),
            Self::Ticket(TicketCommand::List(it)) => Some(&mut it.connection),
            Self::Ticket(TicketCommand::Settle(it)) => Some(&mut it.connection),
            Self::Api(it) => Some(&mut it.connection),
            Self::Upload(it) => Some(&mut it.connection),
            Self::Import(it) => Some(&mut it.connection),
            Self::Journal(it) => it.connection(),
            Self::Convert(_) | Self::Emulator(_) | Self::Completions(_) | Self::Manual(_) => None,
        }
    }
}
