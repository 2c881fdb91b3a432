//! `gorgias ticket reply`.

use clap::Args;

use super::adding::{Adding, add};
use super::message::MessageArguments;
use crate::failure::Failure;
use crate::values;

const AFTER_HELP: &str = "\
Nothing is e-mailed by accident: a message of an agent says --send-now, and the
customer gets it, or --sent-at, and it is only recorded.

Examples:
  # The customer gets this.
  gorgias ticket reply 80400317 --outgoing --agent agent@acme.example \\
      --from support@acme.example --to jane@example.com --send-now --text 'It is on its way.'

  # The same, safe to run again: it is sent once.
  gorgias ticket reply 80400317 --once --external-id shipped-1234 --outgoing \\
      --agent agent@acme.example --from support@acme.example --to jane@example.com \\
      --send-now --text 'It is on its way.'

  # What the customer said elsewhere.
  gorgias ticket reply 80400317 --from jane@example.com --channel phone --text 'She called.'";

/// Add a message to a ticket, from the customer or to them
#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct ReplyArguments {
    /// The ticket's id
    #[arg(value_name = "ID", value_parser = values::id())]
    id: i64,

    /// With --outgoing: the customer gets the message
    #[arg(long, requires = "outgoing", conflicts_with = "sent_at")]
    send_now: bool,

    #[command(flatten)]
    message: MessageArguments,

    #[command(flatten)]
    pub(super) adding: Adding,
}

pub(super) async fn run(arguments: ReplyArguments) -> Result<(), Failure> {
    let message = &arguments.message;
    if !message.has_content() {
        return Err(
            Failure::invalid("say what the message is with --text or --html")
                .hint("gorgias ticket reply --help has examples"),
        );
    }
    let (mut made, _) = message.message(arguments.send_now)?;
    if let Some(subject) = &message.subject {
        made = made.subject(subject);
    }
    add(arguments.id, made, &arguments.adding).await
}
