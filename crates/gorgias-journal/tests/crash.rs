//! A process that is killed while it creates tickets, again and again.
//!
//! The test is both processes: it starts itself as the one that creates, and
//! kills it at moments that depend on what the service has just answered.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use gorgias::{Client, ExternalId, NewTicket, RateLimit, RetryPolicy, SettlePolicy};
use gorgias_emulator::{Emulator, Fault, FaultRule};
use gorgias_journal::SqliteJournal;
use tokio::process::{Child, Command};
use tokio::sync::Notify;
use tokio::task::JoinSet;

const NAME: &str = "a_process_killed_fifty_times_settles_every_key";
const KILLS: u64 = 50;
const KEYS: u64 = 400;
const AT_ONCE: usize = 8;

const ADDRESS: &str = "GORGIAS_CRASH_ADDRESS";
const JOURNAL: &str = "GORGIAS_CRASH_JOURNAL";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.iter().any(|argument| argument == "--list") {
        if !arguments.iter().any(|argument| argument == "--ignored") {
            println!("{NAME}: test");
        }
        return ExitCode::SUCCESS;
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    match (std::env::var(ADDRESS), std::env::var(JOURNAL)) {
        (Ok(address), Ok(journal)) => runtime.block_on(worker(&address, Path::new(&journal))),
        _ => runtime.block_on(killer()),
    }
}

fn key(number: u64) -> ExternalId {
    ExternalId::derive("crash", number).unwrap()
}

/// Creates every ticket that isn't there yet.
async fn worker(address: &str, journal: &Path) -> ExitCode {
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
    let create = |id: ExternalId| {
        let ticket = NewTicket::from_customer("jane@example.com").subject(id.as_str());
        client.tickets().create_once(id, ticket).into_future()
    };
    // What an earlier process left behind may have to wait, and nothing waits
    // for it.
    let mut settling = JoinSet::new();
    for entry in left {
        settling.spawn(create(entry.external_id));
    }
    let mut creating = JoinSet::new();
    let mut failed = 0;
    for number in 0..KEYS {
        if creating.len() >= AT_ONCE {
            failed += failures(creating.join_next().await);
        }
        creating.spawn(create(key(number)));
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

type Done = Result<Result<gorgias::Created, gorgias::Error>, tokio::task::JoinError>;

fn failures(done: Option<Done>) -> usize {
    match done {
        Some(Ok(Err(error))) => {
            eprintln!("{error}: {error:?}");
            1
        }
        Some(Err(_)) => 1,
        Some(Ok(Ok(_))) | None => 0,
    }
}

/// Kills the worker as often as is asked, and lets it finish then.
async fn killer() -> ExitCode {
    let answered = Arc::new(AtomicU64::new(0));
    let changed = Arc::new(Notify::new());
    let hook = {
        let (answered, changed) = (Arc::clone(&answered), Arc::clone(&changed));
        move |_: &gorgias_emulator::Exchange| {
            answered.fetch_add(1, Ordering::SeqCst);
            changed.notify_one();
        }
    };
    let emulator = Emulator::builder()
        .limit(None)
        .on_exchange(hook)
        .build()
        .unwrap();
    // Time for a kill to fall between a request and its answer.
    let slow = Fault::none()
        .latency(Duration::from_millis(5))
        .response_latency(Duration::from_millis(20));
    emulator.inject(FaultRule::new(slow).operation("create_ticket").always());
    let server = emulator.serve(([127, 0, 0, 1], 0)).await.unwrap();
    let address = server.base_url().to_string();
    let directory = tempfile::TempDir::new().unwrap();
    let journal = directory.path().join("journal");

    let mut interrupted = 0;
    for kill in 0..KILLS {
        // A few more answers, fewer or more each time.
        let goal = answered.load(Ordering::SeqCst) + 1 + kill * 7 % 11;
        let mut child = start(&address, &journal);
        while answered.load(Ordering::SeqCst) < goal {
            tokio::select! {
                () = changed.notified() => {}
                status = child.wait() => {
                    eprintln!("the worker ended before kill {kill}: {status:?}");
                    return ExitCode::FAILURE;
                }
            }
        }
        child.kill().await.unwrap();
        let journal = SqliteJournal::open(&journal).unwrap();
        interrupted += journal.unsettled().await.unwrap().len();
    }
    let status = start(&address, &journal).wait().await.unwrap();
    let told = verdict(&emulator, &journal, status.success(), interrupted).await;
    match told {
        Ok(()) => {
            println!("test {NAME} ... ok ({interrupted} intents were left behind)");
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("test {NAME} ... FAILED: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn start(address: &str, journal: &PathBuf) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .env(ADDRESS, address)
        .env(JOURNAL, journal)
        .kill_on_drop(true)
        .spawn()
        .unwrap()
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
        match emulator.count_with_external_id(key(number).as_str()) {
            1 => {}
            count => return Err(format!("{count} tickets of key {number}")),
        }
    }
    let left = SqliteJournal::open(journal).unwrap().unsettled().await;
    match left.unwrap().len() {
        0 => Ok(()),
        count => Err(format!("{count} intents without an outcome")),
    }
}
