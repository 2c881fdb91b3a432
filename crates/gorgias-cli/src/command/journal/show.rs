//! `gorgias journal show`.

use std::path::PathBuf;
use std::time::SystemTime;

use chrono::{DateTime, SecondsFormat, Utc};
use clap::Args;
use gorgias::ExternalId;
use gorgias::journal::{Left, replied_ticket};
use gorgias_journal::{EntryState, JournalEntry, SqliteJournal};
use serde::Serialize;

use super::{failed, not_opened};
use crate::connection::HiddenFlags;
use crate::failure::Failure;
use crate::output::print;

/// How many keys are read at a time.
const BATCH: usize = 1_000;

const AFTER_HELP: &str = "\
Prints one JSON object per line and key, in the order of the keys:
  external_id   the key: the external id of a ticket, or
                gorgias.reply:TICKET:ID of a reply
  state         done: the ticket or reply exists
                interrupted: a command ended before it knew the outcome
                in_doubt: the ticket or reply was sent, and not found
                applied: the service said that it was made, but it was not found
                freed: it was in doubt, and is to be sent again
  ticket_id     the id of the ticket, if the state is done; of a reply's ticket in
                any state
  message_id    the id of the reply, if the key is one of a reply and the state is
                done
  last_attempt  when the ticket or reply was last sent; null if it never was
  settled       when the journal recorded that the ticket or reply exists
Times are this machine's, in UTC. Nothing is sent, and no account is needed.

Examples:
  gorgias journal show tickets.ndjson.journal
  gorgias journal show tickets.ndjson.journal | jq -r 'select(.state != \"done\").external_id'";

/// List the keys of a journal
#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct ShowArguments {
    #[command(flatten)]
    _connection: HiddenFlags,

    /// The journal's file
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

pub(super) async fn run(arguments: ShowArguments) -> Result<(), Failure> {
    let journal = SqliteJournal::open_existing(&arguments.file).map_err(not_opened)?;
    let mut after = None;
    loop {
        let entries = journal
            .entries_after(after.take(), BATCH)
            .await
            .map_err(failed)?;
        let mut text = String::new();
        for (id, entry) in &entries {
            // A row of texts and numbers always has a JSON form.
            text += &serde_json::to_string(&Line::new(id, entry)).unwrap_or_default();
            text.push('\n');
        }
        print(text)?;
        match entries.into_iter().last() {
            Some((id, _)) => after = Some(id),
            None => return Ok(()),
        }
    }
}

#[derive(Serialize)]
struct Line<'a> {
    external_id: &'a str,
    state: &'static str,
    ticket_id: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message_id: Option<i64>,
    last_attempt: Option<String>,
    settled: Option<String>,
}

impl<'a> Line<'a> {
    fn new(key: &'a ExternalId, entry: &JournalEntry) -> Self {
        let (state, made) = match entry.state {
            EntryState::Done { resource_id } => ("done", Some(resource_id)),
            EntryState::Unsettled { left, .. } => (name(left), None),
            _ => ("unknown", None),
        };
        let replied = replied_ticket(key);
        Self {
            external_id: key.as_str(),
            state,
            ticket_id: replied.or(made),
            message_id: made.filter(|_| replied.is_some()),
            last_attempt: entry.last_attempt.map(time),
            settled: entry.settled.map(time),
        }
    }
}

fn name(left: Left) -> &'static str {
    match left {
        Left::Interrupted => "interrupted",
        Left::Applied => "applied",
        Left::Freed => "freed",
        _ => "in_doubt",
    }
}

fn time(time: SystemTime) -> String {
    DateTime::<Utc>::from(time).to_rfc3339_opts(SecondsFormat::Millis, true)
}
