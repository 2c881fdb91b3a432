//! A service, a journal that outlives imports, and an observer that remembers
//! everything.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use gorgias::{Client, ClientBuilder, RetryPolicy};
use gorgias_emulator::{Clock, Emulator, RateLimit};
use gorgias_import::{
    Finding, Import, LineOutcome, LineReport, Notice, Observer, ObserverError, Progress, Summary,
};
use gorgias_journal::SqliteJournal;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::time::Instant;

pub use crate::in_process::InProcess;

/// The service and the journal of a test.
pub struct World {
    pub emulator: Emulator,
    pub journal: Arc<SqliteJournal>,
    pub seed: u64,
    began: Instant,
    directory: TempDir,
}

impl World {
    pub fn new() -> Self {
        Self::with(Emulator::builder().limit(None).build().unwrap())
    }

    pub fn limited() -> Self {
        let limit = RateLimit::new(40, Duration::from_secs(20));
        Self::with(Emulator::builder().limit(limit).build().unwrap())
    }

    pub fn with(emulator: Emulator) -> Self {
        let directory = TempDir::new().unwrap();
        let began = Instant::now();
        Self {
            emulator,
            journal: Self::open(&directory, began),
            began,
            seed: 7,
            directory,
        }
    }

    fn open(directory: &TempDir, began: Instant) -> Arc<SqliteJournal> {
        // The journal's clock has to agree with the emulator's.
        let start = SystemTime::from(Clock::EPOCH);
        let start = start + began.elapsed();
        let path = directory.path().join("journal");
        Arc::new(SqliteJournal::open_in_virtual_time(path, start).unwrap())
    }

    /// Replaces the journal by a new one.
    pub fn lose_journal(&mut self) {
        self.directory = TempDir::new().unwrap();
        self.journal = Self::open(&self.directory, self.began);
    }

    /// Returns a copy of the journal.
    pub fn back_up_journal(&self) -> Vec<u8> {
        std::fs::read(self.directory.path().join("journal")).unwrap()
    }

    /// Replaces the journal by a copy.
    pub fn restore_journal(&mut self, copy: Vec<u8>) {
        self.directory = TempDir::new().unwrap();
        std::fs::write(self.directory.path().join("journal"), copy).unwrap();
        self.journal = Self::open(&self.directory, self.began);
    }

    pub fn client(&self) -> ClientBuilder {
        Client::builder("acme")
            .api_key("agent@acme.example", "key")
            .retry(RetryPolicy::default().seed(self.seed))
            .transport(InProcess(self.emulator.clone()))
    }

    /// Returns an import without a pacer.
    pub fn import(&self) -> Import {
        Import::new(self.client(), Arc::clone(&self.journal)).pacer(None)
    }

    /// Imports a text. Returns the summary and the observer.
    pub async fn run(&self, text: &str) -> (Summary, Watch) {
        let mut watch = Watch::default();
        let import = self.import().run(text.as_bytes(), &mut watch);
        let summary = import.await.unwrap();
        (summary, watch)
    }

    /// Counts the tickets of an external id.
    pub fn count(&self, id: &str) -> usize {
        self.emulator.count_with_external_id(id)
    }

    /// Counts the pages that audits read.
    pub fn audited_pages(&self) -> usize {
        let requests = self.emulator.requests();
        let is_audit = |path: &str| path.contains("order_by=updated_datetime");
        requests.iter().filter(|seen| is_audit(&seen.path)).count()
    }

    /// Counts the requests with a method and a prefix of the path.
    pub fn requests(&self, method: &str, path: &str) -> usize {
        let requests = self.emulator.requests();
        requests
            .iter()
            .filter(|seen| seen.method == method && seen.path.starts_with(path))
            .count()
    }
}

/// Returns a line with this external id.
pub fn line(id: &str) -> Value {
    json!({
        "external_id": id,
        "subject": format!("Import of {id}"),
        "messages": [{"channel": "api", "via": "api", "from_agent": false, "body_text": "Hello."}]
    })
}

pub fn key(number: usize) -> String {
    format!("order-{number:04}")
}

pub fn input<'a>(lines: impl IntoIterator<Item = &'a Value>) -> String {
    lines.into_iter().map(|line| format!("{line}\n")).collect()
}

/// Returns this many lines, each of another ticket.
pub fn lines(count: usize) -> String {
    let lines: Vec<_> = (0..count).map(|number| line(&key(number))).collect();
    input(&lines)
}

/// An observer that remembers everything.
#[derive(Default)]
pub struct Watch {
    pub reports: Vec<LineReport>,
    pub findings: Vec<Finding>,
    pub notices: Vec<Notice>,
    pub last: Option<Progress>,
}

impl Watch {
    /// Returns the outcome of a line.
    #[track_caller]
    pub fn outcome(&self, line: u64) -> &LineOutcome {
        let mut of_line = self.reports.iter().filter(|report| report.line == line);
        let first = of_line.next().expect("a report");
        assert!(of_line.next().is_none(), "line {line} was reported twice");
        &first.outcome
    }

    /// Returns the outcome of a line as JSON.
    #[track_caller]
    pub fn json(&self, line: u64) -> Value {
        serde_json::to_value(self.outcome(line)).unwrap()
    }
}

impl Observer for Watch {
    fn line(&mut self, report: &LineReport) -> Result<(), ObserverError> {
        self.reports.push(report.clone());
        Ok(())
    }

    fn progress(&mut self, progress: &Progress) {
        self.last = Some(progress.clone());
    }

    fn notice(&mut self, notice: &Notice) {
        self.notices.push(notice.clone());
    }

    fn finding(&mut self, finding: &Finding) {
        self.findings.push(finding.clone());
    }
}
