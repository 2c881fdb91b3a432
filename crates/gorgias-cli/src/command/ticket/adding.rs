//! Adding a message to a ticket, once if it has to be.

use clap::Args;
use gorgias::{Delivery, Error, ExternalId, How, NewMessage, Replied};

use crate::command::journal::{self, JournalArguments};
use crate::command::patience::{PatienceArguments, ResendArguments};
use crate::command::settle::tell_duplicates;
use crate::command::write::WriteArguments;
use crate::connection::build;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::{message_text, show_as, tell};
use crate::shell::quoted;
use crate::signals::Stop;
use crate::writing::print_request;

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
    patience: PatienceArguments,

    #[command(flatten)]
    resend: ResendArguments,

    #[command(flatten)]
    journal: JournalArguments,

    #[command(flatten)]
    pub(in crate::command) write: WriteArguments,
}

/// Adds a message to the ticket with this id.
pub(super) async fn add(ticket: i64, message: NewMessage, adding: &Adding) -> Result<(), Failure> {
    adding.refuse_without_once()?;
    let write = &adding.write;
    let message = match &adding.external_id {
        Some(id) => message.external_id(id.as_str()),
        None => message,
    };
    if write.dry_run {
        return print_request(|client| client.tickets().reply(ticket, message)).await;
    }
    let journal = adding.journal.open().await?;
    let client = build(journal::keep(journal, write.connection.builder()?))?;
    let tickets = client.tickets();
    let call = match (&adding.external_id, adding.once) {
        (Some(id), true) => {
            let policy = adding.patience.policy(&adding.resend);
            // A journal that has nothing of the id may be younger than the message.
            let call = tickets
                .reply_once(ticket, id.clone(), message)
                .look_first(true);
            call.settle(policy).into_future()
        }
        _ => tickets.reply(ticket, message).into_future(),
    };
    let stop = Stop::listen()?;
    let outcome = tokio::select! {
        outcome = call => outcome.map_err(|error| adding.failure(ticket, &error)),
        () = stop.wait() => {
            let failure = Failure::new(Exit::InDoubt, "interrupted; the message may be added");
            Err(failure.hint(adding.how_to_settle(ticket)))
        }
    };
    let replied = outcome?;
    tell_how(&replied);
    show_as(
        &replied.message,
        replied.metadata(),
        write.output.format(),
        message_text,
    )
}

impl Adding {
    fn refuse_without_once(&self) -> Result<(), Failure> {
        let given = [
            (self.patience.is_given(), "--settle-time"),
            (self.resend.is_given(), "--resend-after"),
            (self.journal.path().is_some(), "--journal"),
        ];
        match given.iter().find(|(given, _)| *given && !self.once) {
            Some((_, flag)) => Err(Failure::invalid(format!("{flag} needs --once"))),
            None => Ok(()),
        }
    }

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
        let journal = self.journal.path().map_or_else(String::new, |path| {
            format!(" --journal {}", quoted(&path.to_string_lossy()))
        });
        format!("find out: gorgias ticket settle --ticket {ticket} --external-id {id}{journal}")
    }
}

/// Says what is not plain from the message alone.
fn tell_how(replied: &Replied) {
    match replied.how() {
        How::FoundBefore => tell("the message was there before, nothing was sent"),
        How::FoundAfterAmbiguity => tell("the answer was lost, and the message found afterwards"),
        _ => {}
    }
    tell_duplicates("messages of the ticket", replied.duplicates());
}
