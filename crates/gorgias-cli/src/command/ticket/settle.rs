//! `gorgias ticket settle`.

use std::time::Duration;

use clap::Args;
use gorgias::{Delivery, Error, ErrorKind, ExternalId, How, Pending, SettlePolicy, Settled};
use tokio::time::sleep;

use super::once_arguments::OnceArguments;
use crate::connection::ConnectionArguments;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::{OutputArguments, message_text, note, ticket_text};
use crate::values;

/// A wait that is longer than this is explained on standard error.
const SOON: Duration = Duration::from_secs(1);

const AFTER_HELP: &str = "\
Looks for the ticket at once, and then again at growing intervals until it is
found or the time is up. Only look-ups are sent. A ticket that is found is
printed, and recorded in the --journal if that has its id. Without one the exit
code is 4, because the ticket may yet appear.

With --resend-after, a key of the --journal that is in doubt is freed once the
service proves that no ticket has it: the exit code is 0, and the next create
--once or import sends it.

With --ticket, a message of that ticket is looked for, by reading all its
messages.

Examples:
  gorgias ticket settle --external-id order-1234
  gorgias ticket settle --ticket 80400317 --external-id shipped-1234
  gorgias ticket settle --external-id order-1234 --settle-time 600
  gorgias ticket settle --external-id order-1234 --journal tickets.journal \\
      --resend-after 15m";

/// Find out what became of a ticket or a reply, after exit code 4
#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct SettleArguments {
    /// The external id that the ticket or the message was sent with
    #[arg(long, value_name = "ID")]
    external_id: ExternalId,

    /// Look for a message in the ticket with this id, and not for a ticket
    #[arg(long, value_name = "ID", value_parser = values::id())]
    ticket: Option<i64>,

    #[command(flatten)]
    once: OnceArguments,

    #[command(flatten)]
    connection: ConnectionArguments,

    #[command(flatten)]
    output: OutputArguments,
}

pub(super) async fn run(arguments: SettleArguments) -> Result<(), Failure> {
    let once = &arguments.once;
    if once.resend.is_given() && once.journal().is_none() {
        return Err(Failure::invalid("--resend-after needs --journal"));
    }
    let client = once.client(arguments.connection.builder()?).await?;
    let policy = once.policy();
    let (tickets, id) = (client.tickets(), &arguments.external_id);
    let output = &arguments.output;
    match arguments.ticket {
        None => {
            let call = tickets.settle(id).settle(policy.clone());
            let found = outcome(call.into_future(), &policy, &arguments).await?;
            found.map_or(Ok(()), |found| {
                note_duplicates("tickets", found.duplicates());
                output.print(&found.ticket, found.metadata(), ticket_text)
            })
        }
        Some(ticket) => {
            let call = tickets.settle_reply(ticket, id).settle(policy.clone());
            let found = outcome(call.into_future(), &policy, &arguments).await?;
            found.map_or(Ok(()), |found| {
                note_duplicates("messages of the ticket", found.duplicates());
                output.print(&found.message, found.metadata(), message_text)
            })
        }
    }
}

/// Returns the ticket or message that was found, or `None` if its key was freed for
/// another attempt.
async fn outcome<T>(
    mut call: Pending<Settled<T>>,
    policy: &SettlePolicy,
    arguments: &SettleArguments,
) -> Result<Option<Box<T>>, Failure> {
    let settled = tokio::select! {
        settled = &mut call => settled,
        () = sleep(SOON) => {
            let time = policy.settle_time().as_secs();
            note(&format!("not found yet, looking again for up to {time} s"));
            call.await
        }
    };
    match settled {
        Ok(Settled::Found(found)) => Ok(Some(found)),
        Ok(Settled::Freed) => {
            note(&match arguments.ticket {
                None => "no ticket has this external id; the next create --once or import sends it"
                    .to_owned(),
                Some(ticket) => format!(
                    "no message of ticket {ticket} has this external id; the next reply or note \
                     --once sends it"
                ),
            });
            Ok(None)
        }
        Ok(_) => Err(not_found(arguments)),
        Err(error) => Err(unsettled(&error, arguments)),
    }
}

fn not_found(arguments: &SettleArguments) -> Failure {
    let who = match arguments.ticket {
        None => "no ticket".to_owned(),
        Some(ticket) => format!("no message of ticket {ticket}"),
    };
    let problem = format!("{who} has this external id so far; it may yet appear");
    let failure = Failure::new(Exit::InDoubt, problem);
    if arguments.once.journal().is_none() || arguments.once.resend.is_given() {
        return failure.hint("the longer ago it was sent, the less likely it is to appear");
    }
    failure.hint(
        "with --resend-after 15m its key is freed, and it can be sent again; this assumes that no \
         request is applied later than that",
    )
}

fn unsettled(error: &Error, arguments: &SettleArguments) -> Failure {
    match (error.kind(), error.delivery(), error.resource_id()) {
        (ErrorKind::InDoubt, Delivery::Unknown, _) if error.status().is_none() => {
            not_found(arguments)
        }
        (ErrorKind::InDoubt, ..) => Failure::of_write(error),
        (_, _, Some(id)) => {
            let what = arguments.ticket.map_or("ticket", |_| "message");
            Failure::of_read(error).details([format!("{what} {id} exists")])
        }
        _ => Failure::of_read(error),
    }
}

/// Prints how it is known that a ticket or message exists, unless this call simply
/// created it.
pub(super) fn note_how(what: &str, how: How) {
    match how {
        How::FoundBefore => note(&format!("the {what} was there before, nothing was sent")),
        How::FoundAfterAmbiguity => {
            note(&format!(
                "the answer was lost, and the {what} was found afterwards"
            ));
        }
        _ => {}
    }
}

/// Warns of several tickets or messages with one external id.
pub(super) fn note_duplicates(what: &str, others: &[i64]) {
    if !others.is_empty() {
        let ids: Vec<_> = others.iter().map(i64::to_string).collect();
        note(&format!(
            "other {what} have the same external id: {}",
            ids.join(", ")
        ));
    }
}
