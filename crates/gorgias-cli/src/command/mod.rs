//! The commands: a module or folder for each, and the parts that several share,
//! such as `listing` for lists and `write` for writes. [`Command`] lists them.

mod api;
mod auth;
mod completions;
mod confirmation;
mod convert;
mod create;
mod customer;
mod details;
mod display;
mod doubt;
mod emulator;
mod get;
mod import;
mod journal;
mod list;
mod listing;
mod lists;
mod manual;
mod message;
mod patience;
mod reporting;
mod settle;
mod ticket;
mod upload;
mod write;

use clap::Subcommand;

use self::api::ApiArguments;
use self::auth::AuthCommand;
use self::completions::CompletionsArguments;
use self::convert::ConvertArguments;
use self::create::CreateArguments;
use self::customer::CustomerCommand;
use self::emulator::EmulatorArguments;
use self::get::GetArguments;
use self::import::ImportArguments;
use self::journal::JournalCommand;
use self::list::ListArguments;
use self::listing::ListCommand;
use self::manual::ManualArguments;
use self::settle::SettleArguments;
use self::ticket::{close, delete, messages, note, reply, tags as ticket_tags, update};
use self::upload::UploadArguments;
use crate::connection::{ConnectionArguments, ConnectionFlags};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::verbose;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Create, read, list, answer, change and delete tickets
    #[command(subcommand)]
    Ticket(TicketCommand),
    /// Find, read, create, change and merge customers
    #[command(subcommand)]
    Customer(CustomerCommand),
    /// List users
    #[command(subcommand)]
    User(ListCommand<lists::UserArguments>),
    /// List teams
    #[command(subcommand)]
    Team(ListCommand<lists::TeamArguments>),
    /// List tags
    #[command(subcommand)]
    Tag(ListCommand<lists::TagArguments>),
    /// List custom fields
    #[command(subcommand)]
    Field(ListCommand<lists::FieldArguments>),
    /// List integrations
    #[command(subcommand)]
    Integration(ListCommand<lists::IntegrationArguments>),
    /// Show whose credentials are used
    #[command(subcommand)]
    Auth(AuthCommand),
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
    Messages(messages::MessagesArguments),
    Reply(Box<reply::ReplyArguments>),
    Note(note::NoteArguments),
    Update(Box<update::UpdateArguments>),
    Close(close::CloseArguments),
    Tag(ticket_tags::TagArguments),
    Untag(ticket_tags::UntagArguments),
    Delete(delete::DeleteArguments),
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
            Command::Ticket(command) => command.run().await,
            Command::Customer(command) => customer::run(command).await,
            Command::User(ListCommand::List(arguments)) => lists::users(arguments).await,
            Command::Team(ListCommand::List(arguments)) => lists::teams(arguments).await,
            Command::Tag(ListCommand::List(arguments)) => lists::tags(arguments).await,
            Command::Field(ListCommand::List(arguments)) => lists::fields(arguments).await,
            Command::Integration(ListCommand::List(arguments)) => {
                lists::integrations(arguments).await
            }
            Command::Auth(AuthCommand::Status(arguments)) => auth::run(arguments).await,
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
    // The thread that reads standard input may still wait for a line.
    runtime.shutdown_background();
    result
}

impl Command {
    /// The connection of the command, if it sends requests.
    fn connection(&mut self) -> Option<&mut ConnectionArguments> {
        match self {
            Self::Ticket(it) => Some(it.connection()),
            Self::Customer(it) => Some(it.connection()),
            Self::User(ListCommand::List(it)) => Some(&mut it.listing.connection),
            Self::Team(ListCommand::List(it)) => Some(&mut it.listing.connection),
            Self::Tag(ListCommand::List(it)) => Some(&mut it.listing.connection),
            Self::Field(ListCommand::List(it)) => Some(&mut it.listing.connection),
            Self::Integration(ListCommand::List(it)) => Some(&mut it.listing.connection),
            Self::Auth(AuthCommand::Status(it)) => Some(&mut it.connection),
            Self::Api(it) => Some(&mut it.connection),
            Self::Upload(it) => Some(&mut it.connection),
            Self::Import(it) => Some(&mut it.connection),
            Self::Journal(it) => it.connection(),
            Self::Convert(_) | Self::Emulator(_) | Self::Completions(_) | Self::Manual(_) => None,
        }
    }
}

impl TicketCommand {
    fn connection(&mut self) -> &mut ConnectionArguments {
        match self {
            Self::Create(it) => &mut it.connection,
            Self::Get(it) => &mut it.connection,
            Self::List(it) => &mut it.listing.connection,
            Self::Messages(it) => &mut it.listing.connection,
            Self::Reply(it) => &mut it.adding.write.connection,
            Self::Note(it) => &mut it.adding.write.connection,
            Self::Update(it) => &mut it.write.connection,
            Self::Close(it) => &mut it.write.connection,
            Self::Tag(it) => &mut it.tags.write.connection,
            Self::Untag(it) => &mut it.tags.write.connection,
            Self::Delete(it) => &mut it.write.connection,
            Self::Settle(it) => &mut it.connection,
        }
    }

    async fn run(self) -> Result<(), Failure> {
        match self {
            Self::Create(arguments) => create::run(*arguments).await,
            Self::Get(arguments) => get::run(arguments).await,
            Self::List(arguments) => list::run(arguments).await,
            Self::Messages(arguments) => messages::run(arguments).await,
            Self::Reply(arguments) => reply::run(*arguments).await,
            Self::Note(arguments) => note::run(arguments).await,
            Self::Update(arguments) => update::run(*arguments).await,
            Self::Close(arguments) => close::run(arguments).await,
            Self::Tag(arguments) => ticket_tags::tag(arguments).await,
            Self::Untag(arguments) => ticket_tags::untag(arguments).await,
            Self::Delete(arguments) => delete::run(arguments).await,
            Self::Settle(arguments) => settle::run(arguments).await,
        }
    }
}
