//! Adds a message to a ticket, with `--once` at most once.

use clap::Args;
use gorgias::{Delivery, Error, ExternalId, NewMessage};

use super::doubt::DoubtArguments;
use super::settle::{tell_duplicates, tell_how};
use crate::calls::{interruptible, print_request};
use crate::command::write::WriteArguments;
use crate::failure::Failure;
use crate::output::{message_text, show_as};
use crate::shell::quoted;

#[derive(Args)]
pub(crate) struct Adding {
    /// Your own id for the message, by which it can be found again
    #[arg(long, value_name = "ID")]
    external_id: Option<ExternalId>,

    /// Never add a second message of the same external id to the ticket: look
    /// whether it is there first, and when no answer settles whether it was added,
    /// look for it in place of sending again
    #[arg(long, requires = "external_id")]
    once: bool,

    #[command(flatten)]
    doubt: DoubtArguments,

    #[command(flatten)]
    pub(super) write: WriteArguments,
}

/// Adds a message to the ticket with this id.
pub(super) async fn add(ticket: i64, message: NewMessage, adding: &Adding) -> Result<(), Failure> {
    if !adding.once {
        adding.doubt.refuse_without_once()?;
    }
    let write = &adding.write;
    let message = match &adding.external_id {
        Some(id) => message.external_id(id.as_str()),
        None => message,
    };
    if write.dry_run {
        return print_request(|client| client.tickets().reply(ticket, message)).await;
    }
    let client = adding.doubt.client(write.connection.builder()?).await?;
    let tickets = client.tickets();
    let call = match (&adding.external_id, adding.once) {
        (Some(id), true) => {
            // A journal without the id may have been created after the message.
            let call = tickets
                .reply_once(ticket, id.clone(), message)
                .look_first(true);
            call.settle(adding.doubt.policy()).into_future()
        }
        _ => tickets.reply(ticket, message).into_future(),
    };
    let outcome = interruptible(call, "the message may be added").await;
    let outcome = outcome.map_err(|failure| failure.hint(adding.how_to_settle(ticket)))?;
    let replied = outcome.map_err(|error| adding.failure(ticket, &error))?;
    tell_how("message", replied.how());
    tell_duplicates("messages of the ticket", replied.duplicates());
    show_as(
        &replied.message,
        replied.metadata(),
        write.output.format(),
        message_text,
    )
}

impl Adding {
    fn failure(&self, ticket: i64, error: &Error) -> Failure {
        let failure = Failure::of_write(error);
        match error.delivery() {
            Delivery::NotSent | Delivery::Rejected => failure,
            _ if error.is_not_found() => failure,
            _ => failure.hint(self.how_to_settle(ticket)),
        }
    }

    /// How to find out whether the message was added.
    fn how_to_settle(&self, ticket: i64) -> String {
        let Some(id) = &self.external_id else {
            return format!("look for it before sending again: gorgias ticket messages {ticket}");
        };
        let id = quoted(id.as_str());
        let journal = self.doubt.journal().map_or_else(String::new, |path| {
            format!(" --journal {}", quoted(&path.to_string_lossy()))
        });
        format!("find out: gorgias ticket settle --ticket {ticket} --external-id {id}{journal}")
    }
}
