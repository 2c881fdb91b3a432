//! Kills an import fifty times, and checks that it makes every ticket once.

#[path = "../../gorgias-journal/tests/shared/kills.rs"]
mod kills;

use std::collections::{HashMap, HashSet};
use std::ffi::OsStr;
use std::path::Path;
use std::process::ExitCode;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use gorgias::{Client, RetryPolicy, SettlePolicy};
use gorgias_emulator::{Clock, Emulator};
use gorgias_import::{Import, LineOutcome, LineReport, Observer, ObserverError, Summary};
use gorgias_journal::SqliteJournal;
use tokio::fs::File;
use tokio::io::BufReader;

const NAME: &str = "an_import_killed_fifty_times_makes_every_ticket_once";
const KILLS: u64 = 50;
const LINES: u64 = 1_000;
const CONCURRENCY: usize = 8;

const ADDRESS: &str = "GORGIAS_CRASH_ADDRESS";
const FOLDER: &str = "GORGIAS_CRASH_FOLDER";

fn main() -> ExitCode {
    kills::run(NAME, async {
        match (std::env::var(ADDRESS), std::env::var(FOLDER)) {
            (Ok(address), Ok(folder)) => worker(&address, Path::new(&folder)).await,
            _ => kills::report(NAME, killer().await),
        }
    })
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

/// How often each id was looked up.
type LookUps = HashMap<String, u64>;

/// Kills the import [`KILLS`] times, and then lets it finish. Returns the number of
/// intents that it left behind.
async fn killer() -> Result<usize, String> {
    let answers = kills::Answers::default();
    let look_ups = Arc::new(Mutex::new(LookUps::new()));
    let emulator = Emulator::builder()
        .limit(None)
        .clock(Clock::system())
        .on_exchange({
            let (answers, look_ups) = (answers.clone(), Arc::clone(&look_ups));
            move |exchange| {
                note(&mut look_ups.lock().unwrap(), &exchange.path);
                answers.add();
            }
        })
        .build()
        .unwrap();
    kills::delay(&emulator, &["create_ticket"]);
    let server = emulator.serve(([127, 0, 0, 1], 0)).await.unwrap();
    let address = server.base_url().to_string();
    let folder = tempfile::TempDir::new().unwrap();
    std::fs::write(folder.path().join("input"), input()).unwrap();

    let mut interrupted = HashSet::new();
    let mut unlucky = 0;
    for kill in 0..KILLS {
        let worker = kills::start([
            (ADDRESS, OsStr::new(&address)),
            (FOLDER, folder.path().as_os_str()),
        ]);
        answers.kill_after(1 + kill * 7 % 29, worker).await?;
        let journal = SqliteJournal::open(folder.path().join("journal")).unwrap();
        let left = journal.unsettled().await.unwrap();
        unlucky += left.len();
        let left = left.iter().map(|(id, _)| id.to_string());
        interrupted.extend(left);
    }
    let mut outcomes = Outcomes::default();
    let summary = import(&address, folder.path(), &mut outcomes).await;
    let look_ups = look_ups.lock().unwrap();
    verdict(&emulator, summary, &outcomes, &look_ups, &interrupted)?;
    Ok(unlucky)
}

fn note(look_ups: &mut LookUps, path: &str) {
    if let Some((_, query)) = path.split_once("external_id=") {
        let id = query.split('&').next().unwrap_or_default().to_owned();
        *look_ups.entry(id).or_default() += 1;
    }
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
    look_ups: &LookUps,
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
    let others = look_ups.keys().filter(|id| !interrupted.contains(*id));
    let runs = KILLS + 1;
    let most = runs * (32 + LINES / 50);
    if others.count() as u64 > most {
        return Err(format!("{} keys were looked for", look_ups.len()));
    }
    if interrupted.len() as u64 > KILLS * CONCURRENCY as u64 {
        return Err(format!("{} keys were left behind", interrupted.len()));
    }
    Ok(())
}
