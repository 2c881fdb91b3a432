//! The commands. Each has a module or folder, except that `helpdesk_lists` has the
//! five that only list. Other modules, such as `list_arguments`, hold what several
//! commands share. [`Command`] lists the commands.

mod api;
mod auth;
mod completions;
mod confirmation;
mod convert;
mod customer;
mod display;
mod emulator;
mod files;
mod helpdesk_lists;
mod import;
mod journal;
mod list_arguments;
mod manual;
mod reporting;
mod settle_arguments;
mod ticket;
mod upload;
mod write_arguments;

use clap::Subcommand;

use self::api::ApiArguments;
use self::auth::AuthCommand;
use self::completions::CompletionsArguments;
use self::convert::ConvertArguments;
use self::customer::CustomerCommand;
use self::emulator::EmulatorArguments;
use self::import::ImportArguments;
use self::journal::JournalCommand;
use self::list_arguments::ListCommand;
use self::manual::ManualArguments;
use self::ticket::TicketCommand;
use self::upload::UploadArguments;
use crate::connection::ConnectionFlags;
use crate::failure::Failure;
use crate::verbose;

// `defer` makes clap set up the arguments and the help of the command that runs only.
// The help of `gorgias emulator` reads the whole document, which would slow down every
// other command.
#[derive(Subcommand)]
#[command(defer = true)]
pub(crate) enum Command {
    /// Create, read, list, answer, change and delete tickets
    #[command(subcommand)]
    Ticket(TicketCommand),
    /// Find, read, create, change and merge customers
    #[command(subcommand)]
    Customer(CustomerCommand),
    /// List users
    #[command(subcommand)]
    User(ListCommand<helpdesk_lists::UserArguments>),
    /// List teams
    #[command(subcommand)]
    Team(ListCommand<helpdesk_lists::TeamArguments>),
    /// List tags
    #[command(subcommand)]
    Tag(ListCommand<helpdesk_lists::TagArguments>),
    /// List custom fields
    #[command(subcommand)]
    Field(ListCommand<helpdesk_lists::FieldArguments>),
    /// List integrations
    #[command(subcommand)]
    Integration(ListCommand<helpdesk_lists::IntegrationArguments>),
    /// Show the account and the user that the credentials belong to
    #[command(subcommand)]
    Auth(AuthCommand),
    /// Call any operation of the API
    Api(Box<ApiArguments>),
    /// Upload files, and print the addresses they get
    Upload(UploadArguments),
    /// Create many tickets from a file with one per line
    Import(Box<ImportArguments>),
    /// Convert an export of another helpdesk to tickets for an import
    Convert(ConvertArguments),
    /// Read a journal, and remove external ids from it
    #[command(subcommand)]
    Journal(JournalCommand),
    /// Serve a stand-in for the service on this machine
    Emulator(EmulatorArguments),
    /// Print a script that completes this command in a shell
    Completions(CompletionsArguments),
    /// Write the manual pages of this command into a folder
    Manual(ManualArguments),
}

/// Runs a command to its end. `line` describes all commands, for completions and manual
/// pages.
pub(crate) fn run(
    command: Command,
    flags: &ConnectionFlags,
    line: clap::Command,
) -> Result<(), Failure> {
    if !command.has_connection() {
        flags.refuse()?;
    }
    if flags.verbose {
        verbose::begin();
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::unexpected(format!("can't start: {error}")))?;
    let result = runtime.block_on(async {
        match command {
            Command::Ticket(command) => command.run().await,
            Command::Customer(command) => customer::run(command).await,
            Command::User(ListCommand::List(arguments)) => helpdesk_lists::users(arguments).await,
            Command::Team(ListCommand::List(arguments)) => helpdesk_lists::teams(arguments).await,
            Command::Tag(ListCommand::List(arguments)) => helpdesk_lists::tags(arguments).await,
            Command::Field(ListCommand::List(arguments)) => helpdesk_lists::fields(arguments).await,
            Command::Integration(ListCommand::List(arguments)) => {
                helpdesk_lists::integrations(arguments).await
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
    /// Whether the command sends requests to a helpdesk.
    fn has_connection(&self) -> bool {
        !matches!(
            self,
            Self::Convert(_)
                | Self::Emulator(_)
                | Self::Completions(_)
                | Self::Manual(_)
                | Self::Journal(JournalCommand::Show(_))
        )
    }
}
