//! `gorgias ticket settle`.

use std::time::Duration;

use clap::Args;
use gorgias::{Client, ExternalId};
use tokio::time::sleep;

use super::journal::{self, JournalArguments};
use super::patience::PatienceArguments;
use crate::connection::{ConnectionArguments, build};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::{OutputArguments, show, tell};

const AFTER_HELP: &str = "\
Looks at once, and then again at growing intervals until the ticket is found
or the time is up. Nothing is sent but look-ups. Prints the ticket if there is
one, and writes it down in the --journal if that has its id. If not, the exit
code is 4: it may yet appear.

Examples:
  gorgias ticket settle --external-id order-1234
  gorgias ticket settle --external-id order-1234 --settle-time 600";

/// Find out what became of a ticket, after exit code 4
#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct SettleArguments {
    /// The external id the ticket was sent with
    #[arg(long, value_name = "ID")]
    external_id: ExternalId,

    #[command(flatten)]
    patience: PatienceArguments,

    #[command(flatten)]
    journal: JournalArguments,

    #[command(flatten)]
    connection: ConnectionArguments,

    #[command(flatten)]
    output: OutputArguments,
}

pub(super) async fn run(arguments: SettleArguments) -> Result<(), Failure> {
    let journal = arguments.journal.open()?;
    let builder = journal::keep(journal.clone(), arguments.connection.builder()?);
    let client = build(builder)?;
    let bound = client.bind_journal().await;
    bound.map_err(|error| Failure::of_read(&error))?;
    let id = &arguments.external_id;
    let found = look(&client, id, &arguments.patience.waits()).await?;
    let Some((first, others)) = found.split_first() else {
        return Err(Failure::new(
            Exit::InDoubt,
            "no ticket has this external id so far; it may yet appear",
        )
        .hint(
            "the longer ago it was sent, the less likely that is. Sending it again is \
             for you to decide; create --once looks first",
        ));
    };
    tell_duplicates(others);
    if let Some(journal) = journal {
        let written = journal.settled(id, *first).await;
        written.map_err(|error| {
            let failure = Failure::new(Exit::Unexpected, error.to_string()).because(&error);
            failure.details([format!("ticket {first} exists")])
        })?;
    }
    let fetched = client.tickets().get(*first).await;
    let fetched = fetched.map_err(|error| Failure::of_read(&error))?;
    show(
        &fetched.ticket,
        fetched.metadata(),
        arguments.output.format(),
    )
}

/// The ids of the tickets of an external id, as soon as there are any.
async fn look(client: &Client, id: &ExternalId, waits: &[Duration]) -> Result<Vec<i64>, Failure> {
    let mut waits = waits.iter();
    loop {
        let found = client.tickets().find(id).await;
        let found = found.map_err(|error| Failure::of_read(&error))?;
        let next = waits.next();
        match next {
            Some(wait) if found.is_empty() => {
                tell(&format!(
                    "not found yet, looking again in {} s",
                    wait.as_secs()
                ));
                sleep(*wait).await;
            }
            _ => return Ok(found.iter().map(|ticket| ticket.id).collect()),
        }
    }
}

/// Several tickets of one external id are for a person to look into.
pub(super) fn tell_duplicates(others: &[i64]) {
    if !others.is_empty() {
        let ids: Vec<_> = others.iter().map(i64::to_string).collect();
        tell(&format!(
            "other tickets have the same external id: {}",
            ids.join(", ")
        ));
    }
}
