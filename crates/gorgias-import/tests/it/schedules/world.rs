//! The service and the journals of a schedule, and the runs of its import.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use gorgias::{Client, Resend, RetryPolicy, SettlePolicy};
use gorgias_emulator::{Clock, Emulator};
use gorgias_import::{Halted, Import, Summary};
use gorgias_journal::SqliteJournal;
use rusqlite::Connection;
use tempfile::TempDir;
use tokio::time::{Instant, sleep};

use super::draw::{JournalFate, Run, Schedule};
use crate::support::{InProcess, Watch, input, key, line};

pub struct World {
    pub emulator: Emulator,
    seed: u64,
    started: Instant,
    folder: TempDir,
    /// The journal that the next run finds.
    journal: PathBuf,
    /// Copies of the journal from the moments when runs were killed, the oldest
    /// first.
    copies: Vec<PathBuf>,
    files: usize,
}

/// The result of an import; `None` if it was killed.
pub type End = Option<Result<Summary, Halted>>;

impl World {
    pub fn new(schedule: &Schedule) -> Self {
        let seed = schedule.seed;
        let emulator = Emulator::builder().seed(seed).limit(None).build().unwrap();
        for rule in &schedule.faults {
            emulator.inject(rule.clone());
        }
        let folder = TempDir::new().unwrap();
        Self {
            emulator,
            seed,
            started: Instant::now(),
            journal: folder.path().join("journal"),
            folder,
            copies: Vec::new(),
            files: 0,
        }
    }

    /// The tickets of a line.
    pub fn count(&self, number: usize) -> usize {
        self.emulator.count_with_external_id(&key(number))
    }

    fn new_file(&mut self) -> PathBuf {
        self.files += 1;
        self.folder.path().join(format!("journal-{}", self.files))
    }

    /// Changes the journal as the schedule says.
    pub fn disturb(&mut self, fate: JournalFate) {
        match fate {
            JournalFate::Intact => {}
            JournalFate::Lost => self.journal = self.new_file(),
            JournalFate::Stale => {
                if let Some(copy) = self.copies.first().cloned() {
                    self.journal = self.copy(&copy);
                }
            }
        }
    }

    /// Returns a copy of the journal, as a kill at this moment would leave it.
    fn copy(&mut self, of: &PathBuf) -> PathBuf {
        let copy = self.new_file();
        if of.exists() {
            let connection = Connection::open(of).unwrap();
            connection.busy_timeout(Duration::from_secs(10)).unwrap();
            let to = copy.to_str().unwrap();
            connection.execute("VACUUM INTO ?1", [to]).unwrap();
        }
        copy
    }

    /// Opens the journal on a machine whose clock is off by some seconds.
    fn open(&self, clock: i64) -> Arc<SqliteJournal> {
        let now = SystemTime::from(Clock::EPOCH) + self.started.elapsed();
        let off = Duration::from_secs(clock.unsigned_abs());
        let now = if clock < 0 { now - off } else { now + off };
        Arc::new(SqliteJournal::open_in_virtual_time(&self.journal, now).unwrap())
    }

    /// Runs the import once. Returns its result and everything it reported.
    pub async fn run(&mut self, run: &Run, resend: Option<Resend>) -> (End, Watch) {
        sleep(run.rest).await;
        self.disturb(run.journal);
        let lines: Vec<_> = run.lines.iter().map(|&number| line(&key(number))).collect();
        let text = input(&lines);
        let client = Client::builder("acme")
            .api_key("agent@acme.example", "key")
            .retry(RetryPolicy::default().seed(self.seed))
            .transport(InProcess(self.emulator.clone()));
        let import = Import::new(client, self.open(run.clock))
            .pacer(None)
            .concurrency(run.concurrency);
        let import = match resend {
            Some(resend) => import.settle(SettlePolicy::default().resend(resend)),
            None => import,
        };
        let mut watch = Watch::default();
        let mut running = Box::pin(import.run(text.as_bytes(), &mut watch));
        let Some(killed) = run.killed else {
            let end = running.await;
            return (Some(end), watch);
        };
        let end = tokio::select! {
            end = &mut running => Some(end),
            () = sleep(killed) => None,
        };
        if end.is_none() {
            // Writes of the dropped future must not reach the journal that the
            // next run finds.
            let journal = self.journal.clone();
            self.journal = self.copy(&journal);
            self.copies.push(self.journal.clone());
        }
        drop(running);
        (end, watch)
    }
}
