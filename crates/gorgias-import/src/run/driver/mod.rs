//! Reading lines, sending tickets and keeping count.
//!
//! A line comes in ([`intake`]), is looked for in the journal, and is sent by a
//! task of its own. What comes of the tasks is in [`results`], and what is told
//! of the lines without an outcome at the end in [`closing`].

mod closing;
mod intake;
mod results;

use std::collections::{HashMap, VecDeque};
use std::pin::Pin;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use futures_util::stream::{FuturesOrdered, FuturesUnordered, StreamExt as _};
use gorgias::{Client, Error, ExternalId};
use gorgias_journal::SqliteJournal;
use tokio::io::AsyncBufRead;
use tokio::time::{Instant, sleep_until};

use super::audit::Audit;
use super::outage::Outage;
use super::reporter::Reporter;
use super::task::{Known, LineTask, Sender};
use super::{Settings, StopSignal};
use crate::counts::Counts;
use crate::halted::{Halted, Reason};
use crate::line::{Checked, Lines, Rules};
use crate::meter::Meter;
use crate::observer::Observer;
use crate::seen::SeenIds;
use crate::summary::Summary;

/// After so many lines that had nothing to wait for, others get a turn.
const STRETCH: u64 = 64;

/// A line, and what the journal has of it.
type InJournal = Pin<Box<dyn Future<Output = (Checked, Result<Known, Reason>)> + Send>>;

/// An import at work.
pub(super) struct Driver<'a, R> {
    lines: Lines<R>,
    rules: Rules,
    settings: Settings,
    sender: Sender,
    seen: SeenIds,
    reporter: Reporter<'a>,
    outage: Outage,
    /// Lines that are looked for in the journal, in their order.
    in_journal: FuturesOrdered<InJournal>,
    /// Lines that were never sent, and can be.
    ready: VecDeque<Checked>,
    /// Those that are sent.
    fresh: FuturesUnordered<LineTask>,
    /// Lines that an earlier run left behind, without a place among the next.
    queue: VecDeque<Checked>,
    /// Lines that an earlier run left behind. They may take minutes, and must
    /// not keep the others waiting.
    behind: FuturesUnordered<LineTask>,
    /// A line that waits for an earlier one of its id.
    postponed: Option<Checked>,
    /// The ids of lines without an outcome, and whether their task began.
    under_way: HashMap<ExternalId, bool>,
    at_end: bool,
    /// The earliest last change that a line gives its ticket.
    earliest: Option<DateTime<Utc>>,
    halt: Option<Reason>,
}

impl<'a, R: AsyncBufRead + Send + Unpin> Driver<'a, R> {
    pub(super) fn new(
        client: Result<Client, Error>,
        journal: Arc<SqliteJournal>,
        rules: Rules,
        settings: Settings,
        meter: Arc<Meter>,
        input: R,
        observer: &'a mut dyn Observer,
    ) -> Result<Self, Halted> {
        let reporter = Reporter {
            observer,
            meter: Arc::clone(&meter),
            started: Instant::now(),
            counts: Counts::default(),
            waiting: 0,
            retries: 0,
            bytes: 0,
        };
        let begin = || {
            let client = client.map_err(Reason::Client)?;
            Ok((client, SeenIds::new()?))
        };
        let (client, seen) = begin().map_err(|reason| Halted::new(reason, reporter.summary()))?;
        Ok(Self {
            lines: Lines::new(input),
            rules,
            outage: Outage::new(client.tickets(), meter, settings.patience),
            sender: Sender {
                tickets: client.tickets(),
                journal,
                patience: settings.patience,
            },
            settings,
            seen,
            reporter,
            in_journal: FuturesOrdered::new(),
            ready: VecDeque::new(),
            fresh: FuturesUnordered::new(),
            queue: VecDeque::new(),
            behind: FuturesUnordered::new(),
            postponed: None,
            under_way: HashMap::new(),
            at_end: false,
            earliest: None,
            halt: None,
        })
    }

    pub(super) async fn run(mut self, mut stop: StopSignal) -> Result<Summary, Halted> {
        if let Err(reason) = self.send(&mut stop).await {
            self.halt.get_or_insert(reason);
        }
        let mut findings = None;
        if self.halt.is_none() && self.settings.audit {
            let audit = self.audit();
            let audited = tokio::select! {
                biased;
                () = &mut stop => Err(Reason::Stopped),
                audited = audit => audited,
            };
            match audited {
                Ok(found) => findings = Some(found),
                Err(reason) => self.halt = Some(reason),
            }
        }
        if let Err(reason) = self.close().await {
            self.halt.get_or_insert(reason);
        }
        let mut summary = self.reporter.summary();
        if let Some((missing, duplicates)) = findings {
            summary.missing = Some(missing);
            summary.duplicates = Some(duplicates);
        }
        match self.halt {
            None => Ok(summary),
            Some(reason) => Err(Halted::new(reason, summary)),
        }
    }

    /// Sends until the input is over, or there is a reason to end.
    async fn send(&mut self, stop: &mut StopSignal) -> Result<(), Reason> {
        let mut grace_ends = None;
        let mut stretch = 0_u64;
        loop {
            self.start_tasks();
            if self.is_over() {
                return Ok(());
            }
            if self.halt.is_some() && grace_ends.is_none() {
                grace_ends = Instant::now().checked_add(self.settings.grace);
            }
            let goes_on = self.halt.is_none();
            let may_read = self.may_read();
            let grace = async {
                match grace_ends {
                    Some(end) => sleep_until(end).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                biased;
                () = &mut *stop, if goes_on => self.halt = Some(Reason::Stopped),
                Some(finished) = self.fresh.next() => self.take_fresh(finished)?,
                Some(finished) = self.behind.next() => self.take_left_behind(finished)?,
                readable = self.outage.readable(), if goes_on => self.take_readable(readable),
                Some((checked, known)) = self.in_journal.next(), if goes_on => {
                    self.take_known(checked, known?)?;
                }
                line = self.lines.next(), if may_read => {
                    self.take_in(line)?;
                    stretch = stretch.saturating_add(1);
                    if stretch.is_multiple_of(STRETCH) {
                        tokio::task::yield_now().await;
                    }
                }
                () = grace => return Ok(()),
            }
        }
    }

    /// Starts what has a place.
    fn start_tasks(&mut self) {
        if self.halt.is_some() {
            return;
        }
        if self.at_end && self.in_journal.is_empty() && self.ready.is_empty() {
            self.nothing_to_try();
        }
        while self.fresh.len() < self.settings.concurrency && self.outage.allows_fresh() {
            let Some(checked) = self.ready.pop_front() else {
                break;
            };
            self.outage.sending(&checked.id);
            self.under_way.insert(checked.id.clone(), true);
            self.fresh.push(self.sender.start(checked));
        }
        while self.behind.len() < self.settings.concurrency && self.outage.is_over() {
            let Some(checked) = self.queue.pop_front() else {
                break;
            };
            self.under_way.insert(checked.id.clone(), true);
            self.behind.push(self.sender.start(checked));
        }
    }

    fn is_over(&self) -> bool {
        if !(self.fresh.is_empty() && self.behind.is_empty()) {
            return false;
        }
        let nothing_left = self.at_end
            && self.in_journal.is_empty()
            && self.ready.is_empty()
            && self.queue.is_empty()
            && self.postponed.is_none();
        nothing_left || self.halt.is_some()
    }

    fn may_read(&self) -> bool {
        let read = self.in_journal.len().saturating_add(self.ready.len());
        let room = read.saturating_add(self.fresh.len()) < self.settings.concurrency;
        let nothing_waits = self.postponed.is_none() && self.queue.is_empty();
        room && nothing_waits && !self.at_end && self.halt.is_none()
    }

    async fn audit(&mut self) -> Result<(u64, u64), Reason> {
        if !self.seen.needs_audit()? {
            return Ok((0, 0));
        }
        let audit = Audit {
            sender: &self.sender,
            settle_time: self.settings.settle.settle_time(),
            earliest: self.earliest,
            seen: &mut self.seen,
            reporter: &mut self.reporter,
        };
        audit.run().await
    }
}
