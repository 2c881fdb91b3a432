//! The command line as a whole; each command declares its own part.

use clap::{Parser, Subcommand};

use crate::command::api::ApiArguments;
use crate::command::completions::CompletionsArguments;
use crate::command::convert::ConvertArguments;
use crate::command::create::CreateArguments;
use crate::command::emulator::EmulatorArguments;
use crate::command::get::GetArguments;
use crate::command::import::ImportArguments;
use crate::command::journal::JournalCommand;
use crate::command::list::ListArguments;
use crate::command::manual::ManualArguments;
use crate::command::settle::SettleArguments;

const AFTER_HELP: &str = "\
First steps, without an account:
  gorgias ticket create --emulator --from jane@example.com \\
      --subject 'Where is my order?' --text 'Order 1234 has not arrived.'

Environment:
  GORGIAS_SUBDOMAIN     the acme of acme.gorgias.com
  GORGIAS_EMAIL         with GORGIAS_API_KEY: signs in with an API key
  GORGIAS_API_KEY
  GORGIAS_ACCESS_TOKEN  signs in with an OAuth2 access token
  GORGIAS_BASE_URL      another address to send to, such as an emulator's
  Credentials are taken from here only, never from arguments.

Output:
  Standard output carries the result and nothing else: JSON when it is not a
  terminal or with --json, a short readable form on a terminal. Everything
  else goes to standard error.

Exit codes:
  0  done
  1  something unexpected, such as an answer that makes no sense
  2  usage or input is not valid; nothing was sent
  3  the service refused
  4  in doubt: the ticket may exist, or exists and its id could not be read
  5  not sent: no connection, or no credentials";

/// Create, convert, import, read and list tickets of a Gorgias helpdesk.
#[derive(Parser)]
#[command(name = "gorgias", version, after_help = AFTER_HELP, max_term_width = 100)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Create, read, list and settle tickets
    #[command(subcommand)]
    Ticket(TicketCommand),
    Api(Box<ApiArguments>),
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
