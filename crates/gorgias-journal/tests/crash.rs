//! Kills a process again and again while it creates tickets and replies.

#[path = "shared/kills.rs"]
mod kills;

use std::ffi::OsStr;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use gorgias::journal::reply_key;
use gorgias::{Client, ExternalId, NewMessage, NewTicket, RateLimit, RetryPolicy, SettlePolicy};
use gorgias_emulator::Emulator;
use gorgias_journal::SqliteJournal;
use tokio::process::Child;
use tokio::task::JoinSet;

const NAME: &str = "a_process_killed_fifty_times_settles_every_key";
const KILLS: u64 = 50;
const KEYS: u64 = 400;
const AT_ONCE: usize = 8;

const ADDRESS: &str = "GORGIAS_CRASH_ADDRESS";
const JOURNAL: &str = "GORGIAS_CRASH_JOURNAL";
const TICKET: &str = "GORGIAS_CRASH_TICKET";

fn main() -> ExitCode {
    kills::run(NAME, async {
        match (std::env::var(ADDRESS), std::env::var(JOURNAL)) {
            (Ok(address), Ok(journal)) => {
                let ticket = std::env::var(TICKET).unwrap().parse().unwrap();
                worker(&address, Path::new(&journal), ticket).await
            }
            _ => kills::report(NAME, killer().await),
        }
    })
}

fn key(number: u64) -> ExternalId {
    ExternalId::derive("crash", number).unwrap()
}

/// Every other key is that of a reply.
fn is_reply(number: u64) -> bool {
    number % 2 == 1
}

/// Creates everything that isn't there yet; replies are to this ticket.
async fn worker(address: &str, journal: &Path, ticket_id: i64) -> ExitCode {
    let journal = Arc::new(SqliteJournal::open(journal).unwrap());
    let left = journal.unsettled().await.unwrap();
    let client = Client::builder("acme")
        .api_key("agent@acme.example", "key")
        .base_url(address)
        .attempt_timeout(Duration::from_secs(2))
        .rate_limit(RateLimit::off())
        .retry(RetryPolicy::default().seed(1))
        .settle(SettlePolicy::default().waits([100, 200, 400].map(Duration::from_millis)))
        .journal(journal)
        .build()
        .unwrap();
    let create = |number: u64| {
        let (tickets, id) = (client.tickets(), key(number));
        async move {
            if is_reply(number) {
                let note = NewMessage::internal_note("agent@acme.example").text(id.as_str());
                tickets.reply_once(ticket_id, id, note).await.map(drop)
            } else {
                let ticket = NewTicket::from_customer("jane@example.com").subject(id.as_str());
                tickets.create_once(id, ticket).await.map(drop)
            }
        }
    };
    let in_journal = |number: u64| match is_reply(number) {
        true => reply_key(ticket_id, &key(number)),
        false => key(number),
    };
    // An id that an earlier process left in doubt may have to wait. The worker
    // goes on with the others meanwhile.
    let mut settling = JoinSet::new();
    for number in (0..KEYS).filter(|number| {
        let key = in_journal(*number);
        left.iter().any(|(id, _)| *id == key)
    }) {
        settling.spawn(create(number));
    }
    let mut creating = JoinSet::new();
    let mut failed = 0;
    for number in 0..KEYS {
        if creating.len() >= AT_ONCE {
            failed += failures(creating.join_next().await);
        }
        creating.spawn(create(number));
    }
    for mut tasks in [creating, settling] {
        while let Some(done) = tasks.join_next().await {
            failed += failures(Some(done));
        }
    }
    if failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

type Done = Result<Result<(), gorgias::Error>, tokio::task::JoinError>;

fn failures(done: Option<Done>) -> usize {
    match done {
        Some(Ok(Err(error))) => {
            eprintln!("{error}: {error:?}");
            1
        }
        Some(Err(_)) => 1,
        Some(Ok(Ok(()))) | None => 0,
    }
}

/// Kills the worker [`KILLS`] times, and then lets it finish. Returns the number of
/// intents that it left behind.
async fn killer() -> Result<usize, String> {
    let answers = kills::Answers::default();
    let counted = answers.clone();
    let emulator = Emulator::builder()
        .limit(None)
        .on_exchange(move |_| counted.add())
        .build()
        .unwrap();
    kills::delay(&emulator, &["create_ticket", "create_ticket_message"]);
    let ticket = Client::builder("acme")
        .api_key("agent@acme.example", "key")
        .service(emulator.service())
        .build()
        .unwrap()
        .tickets()
        .create(NewTicket::from_customer("jane@example.com").subject("to be answered"))
        .await
        .unwrap()
        .ticket
        .id;
    let server = emulator.serve(([127, 0, 0, 1], 0)).await.unwrap();
    let address = server.base_url().to_string();
    let directory = tempfile::TempDir::new().unwrap();
    let journal = directory.path().join("journal");

    let mut interrupted = 0;
    for kill in 0..KILLS {
        let worker = start(&address, &journal, ticket);
        answers.kill_after(1 + kill * 7 % 11, worker).await?;
        let journal = SqliteJournal::open(&journal).unwrap();
        interrupted += journal.unsettled().await.unwrap().len();
    }
    let status = start(&address, &journal, ticket).wait().await.unwrap();
    verdict(&emulator, &journal, status.success(), interrupted).await?;
    Ok(interrupted)
}

fn start(address: &str, journal: &Path, ticket: i64) -> Child {
    let ticket = ticket.to_string();
    kills::start([
        (ADDRESS, OsStr::new(address)),
        (JOURNAL, journal.as_os_str()),
        (TICKET, OsStr::new(&ticket)),
    ])
}

/// The messages with an external id.
fn replies(emulator: &Emulator, id: &ExternalId) -> usize {
    let tickets = emulator.tickets();
    let messages = tickets
        .iter()
        .flat_map(|ticket| ticket["messages"].as_array().unwrap());
    messages
        .filter(|message| message["external_id"] == id.as_str())
        .count()
}

async fn verdict(
    emulator: &Emulator,
    journal: &Path,
    finished: bool,
    interrupted: usize,
) -> Result<(), String> {
    if !finished {
        return Err("the last worker could not settle every key".to_owned());
    }
    if interrupted < 20 {
        return Err(format!("only {interrupted} intents were ever left behind"));
    }
    for number in 0..KEYS {
        let count = match is_reply(number) {
            true => replies(emulator, &key(number)),
            false => emulator.count_with_external_id(key(number).as_str()),
        };
        if count != 1 {
            return Err(format!("{count} of key {number}"));
        }
    }
    let left = SqliteJournal::open(journal).unwrap().unsettled().await;
    match left.unwrap().len() {
        0 => Ok(()),
        count => Err(format!("{count} intents without an outcome")),
    }
}
