//! `gorgias journal forget`.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use gorgias::journal::replied_ticket;
use gorgias::{ExternalId, LookUp, Resend, SettlePolicy, Settled, Tickets};
use gorgias_journal::{EntryState, SqliteJournal};
use tokio::task::JoinSet;
use tokio::time::sleep;

use super::{failed, not_opened};
use crate::calls::read;
use crate::command::settle_arguments::SettleTimeArguments;
use crate::connection::{ConnectionArguments, build};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::note;

const AFTER_HELP: &str = "\
Each key is looked up in the helpdesk, at once and again over the settle time,
because a list may show a ticket late. A key is dropped from the journal only if
the last answer proves that no ticket has it. The next import or create --once
with a dropped key sends its ticket again. A deleted or merged ticket doesn't
count as one that has the key.

The exit code is 0 when all keys were dropped, 1 when a ticket exists, and 4
when the service's answers prove nothing; then the key stays.

Examples:
  # Run a trial again whose tickets were deleted.
  gorgias journal forget trial.ndjson.journal --external-id z:1 --external-id z:2
  gorgias import trial.ndjson";

/// Drop keys that have no ticket from a journal
#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct ForgetArguments {
    /// The journal's file
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// A key to drop; may be repeated
    #[arg(long = "external-id", value_name = "ID", required = true)]
    external_ids: Vec<ExternalId>,

    #[command(flatten)]
    settle_time: SettleTimeArguments,

    #[command(flatten)]
    connection: ConnectionArguments,
}

/// Why a key stays in the journal.
enum Kept {
    Exists(i64),
    /// The service's answers don't prove that no ticket has the key, for this reason.
    NotProven(String),
}

pub(super) async fn run(arguments: ForgetArguments) -> Result<(), Failure> {
    let journal = SqliteJournal::open_existing(&arguments.file).map_err(not_opened)?;
    let journal = Arc::new(journal);
    let builder = arguments.connection.builder()?;
    let client = build(builder.journal(Arc::clone(&journal)))?;
    read(client.bind_journal()).await?;
    let waits = arguments.settle_time.waits();
    let settle_time = SettlePolicy::default().waits(waits.clone()).settle_time();

    let mut proofs = JoinSet::new();
    for id in arguments.external_ids {
        if let Some(ticket) = replied_ticket(&id) {
            return Err(Failure::invalid(format!(
                "{id} is the key of a reply to ticket {ticket}, and only keys of tickets are dropped"
            )));
        }
        let entry = journal.entry(&id).await.map_err(failed)?;
        let Some(entry) = entry else {
            return Err(Failure::invalid(format!("the journal has no key {id}")));
        };
        let (tickets, waits) = (client.tickets(), waits.clone());
        proofs.spawn(async move {
            let proof = match entry.state {
                EntryState::Done { .. } => absence(&tickets, &id, &waits).await,
                _ => settled(&tickets, &id, waits, settle_time).await,
            };
            (id, proof)
        });
    }
    note(&format!(
        "looking for tickets with these keys for {} s before a key is dropped",
        settle_time.as_secs()
    ));
    let mut absent = Vec::new();
    let mut exit = Exit::Done;
    let mut details = Vec::new();
    for (id, proof) in proofs.join_all().await {
        let why = match proof {
            Ok(()) => {
                absent.push(id);
                continue;
            }
            Err(Kept::Exists(ticket)) => {
                if exit == Exit::Done {
                    exit = Exit::Unexpected;
                }
                format!("ticket {ticket} has it")
            }
            Err(Kept::NotProven(reason)) => {
                exit = Exit::InDoubt;
                reason
            }
        };
        details.push(format!("{id} stays: {why}"));
    }
    let asked = absent.clone();
    let gone = journal.forget(absent).await.map_err(failed)?;
    for id in asked.iter().filter(|id| !gone.contains(id)) {
        exit = Exit::InDoubt;
        details.push(format!("{id} stays: another process is at work on it"));
    }
    note(&format!("{} keys were dropped", gone.len()));
    if exit == Exit::Done {
        return Ok(());
    }
    Err(Failure::new(exit, "not every key was dropped").details(details))
}

/// Proves over the settle time that a key has no ticket.
async fn absence(tickets: &Tickets, id: &ExternalId, waits: &[Duration]) -> Result<(), Kept> {
    let mut waits = waits.iter();
    loop {
        let answer = tickets.look_up(id).await;
        if let Ok(LookUp::Found { ticket_id, .. }) = answer {
            return Err(Kept::Exists(ticket_id));
        }
        if let Some(wait) = waits.next() {
            sleep(*wait).await;
            continue;
        }
        return Err(Kept::NotProven(match answer {
            Ok(LookUp::ProvenAbsent) => return Ok(()),
            Ok(LookUp::NoEvidence(reason)) => reason.to_string(),
            Ok(_) => "the answer is unknown".to_owned(),
            Err(error) => error.to_string(),
        }));
    }
}

/// Proves over the settle time that no ticket has a key whose outcome the journal
/// doesn't know. Another process may still be sending the ticket of the key.
async fn settled(
    tickets: &Tickets,
    id: &ExternalId,
    waits: Vec<Duration>,
    settle_time: Duration,
) -> Result<(), Kept> {
    let resend = Resend::AfterQuiet(settle_time);
    let policy = SettlePolicy::default().waits(waits).resend(resend);
    match tickets.settle(id).settle(policy).await {
        Ok(Settled::Found(created)) => Err(Kept::Exists(created.ticket.id)),
        Ok(_) => Ok(()),
        Err(error) => Err(Kept::NotProven(error.to_string())),
    }
}
