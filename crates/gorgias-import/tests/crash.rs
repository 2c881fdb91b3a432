//! Kills an import fifty times, and checks that it makes every ticket once.
//!
//! The test starts itself as a second process that imports, and kills it after
//! a number of answers of the service.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use gorgias::{Client, RetryPolicy, SettlePolicy};
use gorgias_emulator::{Clock, Emulator, Exchange, Fault, FaultRule};
use gorgias_import::{Import, LineOutcome, LineReport, Observer, ObserverError, Summary};
use gorgias_journal::SqliteJournal;
use tokio::fs::File;
use tokio::io::BufReader;
use tokio::process::{Child, Command};
use tokio::sync::Notify;

const NAME: &str = "an_import_killed_fifty_times_makes_every_ticket_once";
const KILLS: u64 = 50;
const LINES: u64 = 1_000;
const CONCURRENCY: usize = 8;

const ADDRESS: &str = "GORGIAS_CRASH_ADDRESS";
const FOLDER: &str = "GORGIAS_CRASH_FOLDER";

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
    match (std::env::var(ADDRESS), std::env::var(FOLDER)) {
        (Ok(address), Ok(folder)) => runtime.block_on(worker(&address, Path::new(&folder))),
        _ => runtime.block_on(killer()),
    }
}

fn key(number: u64) -> String {
    format!("order-{number:04}")
}

fn input() -> String {
    let line = |number| {
        let id = key(number);
        format!(
            r#"{{"external_id":"{id}","messages":[{{"channel":"api","from_agent":false,"body_text":"{id}"}}]}}"#
        )
    };
    (0..LINES).map(|number| line(number) + "\n").collect()
}

/// Imports the whole input.
async fn import(
    address: &str,
    folder: &Path,
    observer: &mut dyn Observer,
) -> Result<Summary, gorgias_import::Halted> {
    // A short time limit makes a short lease, for which a run after a crash has
    // to wait.
    let client = Client::builder("acme")
        .api_key("agent@acme.example", "key")
        .base_url(address)
        .attempt_timeout(Duration::from_secs(1))
        .retry(RetryPolicy::default().seed(1));
    let journal = SqliteJournal::open(folder.join("journal")).unwrap();
    let input = File::open(folder.join("input")).await.unwrap();
    Import::new(client, Arc::new(journal))
        .pacer(None)
        .concurrency(CONCURRENCY)
        .settle(SettlePolicy::default().waits([100, 200].map(Duration::from_millis)))
        .run(BufReader::new(input), observer)
        .await
}

async fn worker(address: &str, folder: &Path) -> ExitCode {
    match import(address, folder, &mut ()).await {
        Ok(_) => ExitCode::SUCCESS,
        Err(halted) => {
            eprintln!("{halted}: {halted:?}");
            ExitCode::FAILURE
        }
    }
}

/// The requests that the service received.
#[derive(Default)]
struct Asked {
    answers: u64,
    /// How often each id was looked up.
    look_ups: HashMap<String, u64>,
}

/// Kills the import [`KILLS`] times, and then lets it finish.
async fn killer() -> ExitCode {
    let asked = Arc::new(Mutex::new(Asked::default()));
    let changed = Arc::new(Notify::new());
    let emulator = Emulator::builder()
        .limit(None)
        .clock(Clock::system())
        .on_exchange({
            let (asked, changed) = (Arc::clone(&asked), Arc::clone(&changed));
            move |exchange| {
                note(&mut asked.lock().unwrap(), exchange);
                changed.notify_one();
            }
        })
        .build()
        .unwrap();
    // Latency, so that a kill can happen between a request and its answer.
    let slow = Fault::none()
        .latency(Duration::from_millis(5))
        .response_latency(Duration::from_millis(20));
    emulator.inject(FaultRule::new(slow).operation("create_ticket").always());
    let server = emulator.serve(([127, 0, 0, 1], 0)).await.unwrap();
    let address = server.base_url().to_string();
    let folder = tempfile::TempDir::new().unwrap();
    std::fs::write(folder.path().join("input"), input()).unwrap();

    let answers = || asked.lock().unwrap().answers;
    let mut interrupted = HashSet::new();
    let mut unlucky = 0;
    for kill in 0..KILLS {
        // Kills after 1 to 29 more answers.
        let goal = answers() + 1 + kill * 7 % 29;
        let mut child = start(&address, folder.path());
        while answers() < goal {
            tokio::select! {
                () = changed.notified() => {}
                status = child.wait() => {
                    eprintln!("the import ended before kill {kill}: {status:?}");
                    return ExitCode::FAILURE;
                }
            }
        }
        child.kill().await.unwrap();
        let journal = SqliteJournal::open(folder.path().join("journal")).unwrap();
        let left = journal.unsettled().await.unwrap();
        unlucky += left.len();
        let left = left.iter().map(|(id, _)| id.to_string());
        interrupted.extend(left);
    }
    let mut outcomes = Outcomes::default();
    let summary = import(&address, folder.path(), &mut outcomes).await;
    let told = verdict(
        &emulator,
        summary,
        &outcomes,
        &asked.lock().unwrap(),
        &interrupted,
    );
    match told {
        Ok(()) => {
            println!("test {NAME} ... ok ({unlucky} intents were left behind)");
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("test {NAME} ... FAILED: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn note(asked: &mut Asked, exchange: &Exchange) {
    asked.answers += 1;
    if let Some((_, query)) = exchange.path.split_once("external_id=") {
        let id = query.split('&').next().unwrap_or_default().to_owned();
        *asked.look_ups.entry(id).or_default() += 1;
    }
}

fn start(address: &str, folder: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .env(ADDRESS, address)
        .env(FOLDER, PathBuf::from(folder))
        .kill_on_drop(true)
        .spawn()
        .unwrap()
}

/// The lines that are settled.
#[derive(Default)]
struct Outcomes(HashSet<u64>);

impl Observer for Outcomes {
    fn line(&mut self, report: &LineReport) -> Result<(), ObserverError> {
        if matches!(
            report.outcome,
            LineOutcome::Created { .. } | LineOutcome::Found { .. }
        ) {
            self.0.insert(report.line);
        }
        Ok(())
    }
}

fn verdict(
    emulator: &Emulator,
    summary: Result<Summary, gorgias_import::Halted>,
    outcomes: &Outcomes,
    asked: &Asked,
    interrupted: &HashSet<String>,
) -> Result<(), String> {
    let summary = summary.map_err(|halted| format!("{halted:?}"))?;
    let clean = (summary.missing, summary.duplicates) == (Some(0), Some(0));
    if outcomes.0.len() as u64 != LINES || !clean {
        return Err(format!("not all lines are settled: {summary:?}"));
    }
    for number in 0..LINES {
        match emulator.count_with_external_id(&key(number)) {
            1 => {}
            count => return Err(format!("{count} tickets of key {number}")),
        }
    }
    if interrupted.len() < 20 {
        return Err(format!("only {} keys were interrupted", interrupted.len()));
    }
    // A kill can't leave more keys unsettled than were under way. Each run
    // looks up these, the first 32 that its journal doesn't know, and 1 in 50
    // of the others.
    let others = asked
        .look_ups
        .keys()
        .filter(|id| !interrupted.contains(*id));
    let runs = KILLS + 1;
    let most = runs * (32 + LINES / 50);
    if others.count() as u64 > most {
        return Err(format!("{} keys were looked for", asked.look_ups.len()));
    }
    if interrupted.len() as u64 > KILLS * CONCURRENCY as u64 {
        return Err(format!("{} keys were left behind", interrupted.len()));
    }
    Ok(())
}
