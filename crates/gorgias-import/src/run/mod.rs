//! The import itself.

mod audit;
mod driver;
pub(crate) mod judge;
mod outage;
mod patience;
mod proof;
mod reads;
mod reporter;
mod task;

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use gorgias::pacer::{Automatic, Pacer};
use gorgias::{Client, ClientBuilder, Error, SettlePolicy};
use gorgias_journal::SqliteJournal;
use tokio::io::AsyncBufRead;

use self::driver::Driver;
use crate::halted::Halted;
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
    stop: Option<StopSignal>,
}

type StopSignal = Pin<Box<dyn Future<Output = ()> + Send>>;

/// What can be set by numbers.
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

impl Import {
    /// An import with a client and a journal. The import sets the client's
    /// journal, rate limit and settling itself.
    pub fn new(client: ClientBuilder, journal: Arc<SqliteJournal>) -> Self {
        Self {
            client,
            journal,
            rules: Rules::new(),
            settings: Settings {
                concurrency: 16,
                patience: Duration::from_secs(15 * 60),
                grace: Duration::from_secs(10),
                settle: SettlePolicy::default(),
                look_first: false,
                expected: None,
                audit: true,
            },
            pacer: Some(Arc::new(Automatic::new())),
            assume_limit: true,
            stop: None,
        }
    }

    /// Sets what is asked of each line.
    pub fn rules(mut self, rules: Rules) -> Self {
        self.rules = rules;
        self
    }

    /// Sets how many tickets may be under way at the same time, at least one.
    /// 16 by default, which is enough for the largest plan at a second per
    /// request. As many again may be waited for that an earlier run left
    /// behind.
    pub fn concurrency(mut self, tickets: usize) -> Self {
        self.settings.concurrency = tickets.max(1);
        self
    }

    /// Sets the pacer, in place of one that learns the rate limit. None sends
    /// as fast as it can.
    pub fn pacer(mut self, pacer: Option<Arc<dyn Pacer>>) -> Self {
        self.pacer = pacer;
        self
    }

    /// Sets whether a rate limit is assumed as long as the service tells none.
    /// It is by default. Without, requests aren't paced until an answer tells a
    /// limit or is a 429, which is for services that may have none, such as an
    /// emulator.
    pub fn assume_limit(mut self, assume: bool) -> Self {
        self.assume_limit = assume;
        self
    }

    /// Sets how a ticket is looked for whose fate isn't known.
    pub fn settle(mut self, policy: SettlePolicy) -> Self {
        self.settings.settle = policy;
        self
    }

    /// Sets how long a service that doesn't work is waited for, before the
    /// import ends early: one that can't be reached, or whose answers leave open
    /// what became of the tickets. 15 minutes by default. A service that has not
    /// answered anything in this run is waited for some seconds at most.
    pub fn patience(mut self, patience: Duration) -> Self {
        self.settings.patience = patience;
        self
    }

    /// Sets how long what is under way may take when the import ends early. 10
    /// seconds by default. What isn't over then is left to the journal.
    pub fn grace(mut self, grace: Duration) -> Self {
        self.settings.grace = grace;
        self
    }

    /// Sets whether every line that the journal doesn't know is looked up before
    /// it is sent, which takes one more request for each. Otherwise the
    /// helpdesk's list is walked if that is cheap, and some lines are looked up
    /// if it isn't. Not set by default.
    pub fn look_first(mut self, look: bool) -> Self {
        self.settings.look_first = look;
        self
    }

    /// Says how many lines the input has. The more there are, the longer a list
    /// is worth walking before the first of them is sent.
    pub fn expected_lines(mut self, lines: u64) -> Self {
        self.settings.expected = Some(lines);
        self
    }

    /// Sets whether the list of the service is compared with what was
    /// imported at the end. It is by default.
    pub fn audit(mut self, audit: bool) -> Self {
        self.settings.audit = audit;
        self
    }

    /// Ends the import early when a future completes.
    pub fn stop_on(mut self, signal: impl Future<Output = ()> + Send + 'static) -> Self {
        self.stop = Some(Box::pin(signal));
        self
    }

    /// Imports the lines of an input.
    ///
    /// # Errors
    ///
    /// When the import ended before its input did; see
    /// [`Reason`](crate::Reason). Lines that are rejected or in doubt are no
    /// error, but counted.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future loses nothing: what was under way is in the
    /// journal, and the same import goes on from there. The reports of lines
    /// that were in doubt so far are lost.
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
        let client = bound(builder).await;
        let stop = self
            .stop
            .unwrap_or_else(|| Box::pin(std::future::pending()));
        let driver = Driver::new(
            client,
            self.journal,
            self.rules,
            self.settings,
            meter,
            input,
            observer,
        )?;
        driver.run(stop).await
    }
}

/// A client whose journal is this helpdesk's: what another one has was not
/// imported here.
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
