//! The command line as a whole; each command declares its own part.

use clap::Parser;

use crate::command::Command;
use crate::connection::ConnectionFlags;

const AFTER_HELP: &str = "\
First steps, without an account:
  gorgias ticket create --emulator --from jane@example.com \\
      --subject 'Where is my order?' --text 'Order 1234 has not arrived.'

Environment:
  GORGIAS_SUBDOMAIN     the acme of acme.gorgias.com, or the whole address
  GORGIAS_EMAIL         with GORGIAS_API_KEY: signs in with an API key
  GORGIAS_API_KEY
  GORGIAS_ACCESS_TOKEN  signs in with an OAuth2 access token
  GORGIAS_BASE_URL      another address to send to, such as an emulator's
  Credentials are taken from the environment only, never from arguments.

Output:
  Standard output carries the result and nothing else: JSON when it is not a
  terminal or with --json, a short readable form on a terminal. Everything
  else goes to standard error.

Exit codes:
  0  done
  1  an unexpected error, such as an answer that can't be understood
  2  usage or input is not valid; nothing was sent
  3  the service refused
  4  in doubt: the ticket may exist, or exists and its id could not be read;
     a change may have been applied
  5  not sent: no connection, or no credentials";

/// Create, change, convert, import, read and list tickets of a Gorgias helpdesk.
#[derive(Parser)]
#[command(name = "gorgias", version, after_help = AFTER_HELP, max_term_width = 100)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) flags: ConnectionFlags,

    #[command(subcommand)]
    pub(crate) command: Command,
}
