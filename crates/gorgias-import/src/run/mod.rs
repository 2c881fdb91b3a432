//! The import itself. `driver` runs it, and is the place to start. `driver` uses the other
//! modules:
//!
//! - `uploader` uploads the files that lines name.
//! - `proof` decides how to find out whether a line has a ticket already; `list` reads the
//!   helpdesk's list for that.
//! - `task` sends one line, and `judge` decides what an error means.
//! - `outage` stops and resumes sending; `reads` and `backoff` repeat failed reads.
//! - `audit` compares the helpdesk's list with the imported tickets.
//! - `reporter` reports outcomes and progress.

mod audit;
mod backoff;
mod driver;
pub(crate) mod judge;
mod list;
mod outage;
mod proof;
mod reads;
mod reporter;
mod task;
mod uploader;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;
use gorgias::pacer::{Automatic, Pacer};
use gorgias::{Client, ClientBuilder, Error, SettlePolicy};
use gorgias_journal::SqliteJournal;
use tokio::io::AsyncBufRead;

use self::driver::Driver;
use crate::halted::{Halted, Reason};
use crate::line::Rules;
use crate::meter::Meter;
use crate::observer::Observer;
use crate::summary::Summary;

/// An import of tickets, one per line of its input. See the crate's
/// documentation.
#[must_use = "nothing is imported before run"]
pub struct Import {
    client: ClientBuilder,
    journal: Arc<SqliteJournal>,
    rules: Rules,
    settings: Settings,
    pacer: Option<Arc<dyn Pacer>>,
    assume_limit: bool,
    stop: StopSignal,
}

type StopSignal = BoxFuture<'static, ()>;

/// The settings of an import.
#[derive(Clone, Debug)]
struct Settings {
    concurrency: usize,
    patience: Duration,
    grace: Duration,
    settle: SettlePolicy,
    look_first: bool,
    expected: Option<u64>,
    audit: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            concurrency: 16,
            patience: Duration::from_secs(15 * 60),
            grace: Duration::from_secs(10),
            settle: SettlePolicy::default(),
            look_first: false,
            expected: None,
            audit: true,
        }
    }
}

impl Import {
    /// Creates an import with a client and a journal. The import sets the
    /// journal, rate limit and settle policy of the client itself.
    pub fn new(client: ClientBuilder, journal: Arc<SqliteJournal>) -> Self {
        Self {
            client,
            journal,
            rules: Rules::new(),
            settings: Settings::default(),
            pacer: Some(Arc::new(Automatic::new())),
            assume_limit: true,
            stop: Box::pin(std::future::pending()),
        }
    }

    /// Sets the rules for lines.
    pub fn rules(mut self, rules: Rules) -> Self {
        self.rules = rules;
        self
    }

    /// Sets how many tickets may be under way at the same time, at least one. 16 by default,
    /// which is enough for the largest plan (8 requests a second) if a request takes up to two
    /// seconds. Besides these tickets, as many lines that an earlier run left unsettled may be
    /// settled at the same time.
    pub fn concurrency(mut self, tickets: usize) -> Self {
        self.settings.concurrency = tickets.max(1);
        self
    }

    /// Sets the pacer, in place of the default one, which learns the rate
    /// limit. With `None` requests are sent as fast as possible.
    pub fn pacer(mut self, pacer: Option<Arc<dyn Pacer>>) -> Self {
        self.pacer = pacer;
        self
    }

    /// Sets whether a rate limit is assumed until the service reports one. By default a limit
    /// is assumed. With `false`, requests aren't paced until a response reports a limit or has
    /// the status 429. Use `false` for services that may have no limit, such as an emulator.
    pub fn assume_limit(mut self, assume: bool) -> Self {
        self.assume_limit = assume;
        self
    }

    /// Sets how the import looks for a ticket that may or may not exist.
    pub fn settle(mut self, policy: SettlePolicy) -> Self {
        self.settings.settle = policy;
        self
    }

    /// Sets how long the import waits for a service that doesn't work, before
    /// it ends early. 15 minutes by default. A service doesn't work if it can't be
    /// reached, or if its answers leave open whether tickets were created. For a service
    /// that has not answered anything in this run, the import waits only some seconds.
    pub fn patience(mut self, patience: Duration) -> Self {
        self.settings.patience = patience;
        self
    }

    /// Sets how long requests under way may take when the import ends early. 10
    /// seconds by default. The next run settles the lines whose request takes longer.
    pub fn grace(mut self, grace: Duration) -> Self {
        self.settings.grace = grace;
        self
    }

    /// Sets whether every line that the journal doesn't know is looked up
    /// before it is sent, which takes one more request for each. By default the
    /// helpdesk's list is read if that is cheap, and otherwise only some lines
    /// are looked up.
    pub fn look_first(mut self, look: bool) -> Self {
        self.settings.look_first = look;
        self
    }

    /// Sets how many lines the input has. The more lines there are, the more pages of the
    /// helpdesk's list the import may read before it sends the first line.
    pub fn expected_lines(mut self, lines: u64) -> Self {
        self.settings.expected = Some(lines);
        self
    }

    /// Sets whether the import compares the service's list with the imported
    /// tickets at the end. It does by default.
    pub fn audit(mut self, audit: bool) -> Self {
        self.settings.audit = audit;
        self
    }

    /// Ends the import early when a future completes.
    pub fn stop_on(mut self, signal: impl Future<Output = ()> + Send + 'static) -> Self {
        self.stop = Box::pin(signal);
        self
    }

    /// Imports the lines of an input.
    ///
    /// # Errors
    ///
    /// If the import ended early: before all lines had an outcome, or during the audit; see
    /// [`Reason`](crate::Reason). Rejected lines and lines in doubt are no error; the summary
    /// counts them.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future loses no ticket: lines under way are in the journal, and the
    /// next run of the import continues from there. Lines in doubt are then not reported.
    pub async fn run<R>(self, input: R, observer: &mut dyn Observer) -> Result<Summary, Halted>
    where
        R: AsyncBufRead + Send + Unpin,
    {
        let meter = Meter::over(self.pacer, self.assume_limit);
        let builder = self
            .client
            .journal(Arc::clone(&self.journal))
            .rate_limit(meter.rate_limit())
            .settle(self.settings.settle.clone());
        let halted = |reason| Halted::new(reason, Summary::new());
        let client = bound(builder).await;
        let client = client.map_err(|error| halted(Reason::Client(error)))?;
        let driver = Driver::new(
            &client,
            self.journal,
            self.rules,
            self.settings,
            meter,
            Box::new(input),
            observer,
        )
        .map_err(halted)?;
        driver.run(self.stop).await
    }
}

/// Builds the client, and binds the journal to its helpdesk, so that a journal
/// of another helpdesk is refused.
async fn bound(builder: ClientBuilder) -> Result<Client, Error> {
    let client = builder.build()?;
    client.bind_journal().await?;
    Ok(client)
}

impl fmt::Debug for Import {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Import")
            .field("rules", &self.rules)
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}
