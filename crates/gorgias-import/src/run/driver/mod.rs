//! Runs an import: reads lines, sends tickets and counts outcomes.
//!
//! A line goes through these steps: it is read and checked ([`intake`]), it is
//! looked for in the journal, it is proven to have no ticket ([`proving`]), and
//! a task sends it. [`results`] handles the results of tasks, and [`closing`]
//! reports lines without an outcome at the end. The loop over all events is in
//! [`Driver::send`].

mod closing;
mod intake;
mod placing;
mod proving;
mod results;
mod stages;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use futures_util::stream::StreamExt as _;
use gorgias::{Client, Error};
use gorgias_journal::SqliteJournal;
use tokio::io::AsyncBufRead;
use tokio::sync::Semaphore;
use tokio::sync::mpsc::{self, UnboundedReceiver};
use tokio::time::{Instant, sleep_until};

use self::stages::Stages;
use super::audit::Audit;
use super::outage::Outage;
use super::proof::{Held, Mode, Proof, Walk};
use super::reads::Reads;
use super::reporter::{Reporter, Work};
use super::task::Sender;
use super::uploader::Uploader;
use super::{Settings, StopSignal};
use crate::counts::Counts;
use crate::halted::{Halted, Reason};
use crate::line::{Lines, Rules};
use crate::meter::Meter;
use crate::notice::Notice;
use crate::observer::{Observer, Phase};
use crate::seen::SeenIds;
use crate::summary::Summary;

/// The loop yields to other tasks after this many lines that were read without
/// waiting.
const STRETCH: u64 = 64;

/// The number of lines that may be looked up before the first is sent.
const MOST_LOOKED_UP: usize = 32;

/// The most lines that may wait for a second proof, which bounds memory.
const MOST_LATER: usize = 1_024;

/// The state of a running import.
pub(super) struct Driver<'a, R> {
    lines: Lines<R>,
    rules: Rules,
    settings: Settings,
    sender: Sender,
    seen: SeenIds,
    reporter: Reporter<'a>,
    outage: Outage,
    /// Uploads the files that lines name, if the rules say so.
    uploader: Option<Uploader>,
    stages: Stages,
    proof: Proof,
    /// Limits the number of simultaneous look-ups.
    places: Arc<Semaphore>,
    walk: Walk,
    /// When the walk began.
    walked_at: Instant,
    /// Whether the walk met a ticket with an external id.
    lists_any: bool,
    /// Whether the walk ended without a proof.
    list_proves_nothing: bool,
    told_incomplete: bool,
    told_settling: bool,
    /// Lines that were proven to have no ticket.
    held: Held,
    /// When held lines are sent if no other line arrives.
    flush_at: Option<Instant>,
    /// From this time on, the list has every ticket that was sent before this
    /// run.
    quiet_at: Instant,
    /// Notices of reads that wait for the service.
    notices: UnboundedReceiver<Notice>,
    /// The number of lines that were read.
    lines_read: u64,
    at_end: bool,
    /// The earliest `updated_datetime` of all lines.
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
        let started = Instant::now();
        let reporter = Reporter {
            observer,
            meter: Arc::clone(&meter),
            started,
            counts: Counts::default(),
            waiting: 0,
            retries: 0,
            bytes: 0,
            work: Work {
                expected: settings.expected,
                done: 0,
                look_first: settings.look_first,
                audit: settings.audit,
            },
            audit: None,
        };
        let begin = || {
            let client = client.map_err(Reason::Client)?;
            Ok((client, SeenIds::new()?))
        };
        let (client, seen) = begin().map_err(|reason| Halted::new(reason, reporter.summary()))?;
        let (tell, notices) = mpsc::unbounded_channel();
        let reads = Reads {
            tickets: client.tickets(),
            meter,
            patience: settings.patience,
            notices: tell,
        };
        let uploader = rules.files.as_ref().map(|folder| {
            let journal = Arc::clone(&journal);
            let places = settings.concurrency;
            Uploader::new(client.uploads(), reads.clone(), journal, folder, places)
        });
        let quiet_at = started.checked_add(settings.settle.settle_time());
        Ok(Self {
            lines: Lines::new(input),
            rules,
            outage: Outage::new(reads.clone()),
            sender: Sender { reads, journal },
            // `begin_with_journal` replaces it, once it knows whether the
            // journal is new.
            proof: Proof::new(true, settings.look_first, settings.expected),
            places: Arc::new(Semaphore::new(settings.concurrency)),
            walk: Walk::default(),
            walked_at: started,
            lists_any: false,
            list_proves_nothing: false,
            told_incomplete: false,
            told_settling: false,
            held: Held::new(settings.concurrency),
            flush_at: None,
            quiet_at: quiet_at.unwrap_or(started),
            notices,
            settings,
            seen,
            reporter,
            uploader,
            stages: Stages::default(),
            lines_read: 0,
            at_end: false,
            earliest: None,
            halt: None,
        })
    }

    pub(super) async fn run(mut self, mut stop: StopSignal) -> Result<Summary, Halted> {
        match self.begin_with_journal().await {
            Ok(()) => self.send(&mut stop).await,
            Err(reason) => self.halt = Some(reason),
        }
        if let Err(reason) = self.read_rest().await {
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
        summary.reach(
            self.at_end
                .then_some(summary.read)
                .or(self.settings.expected),
        );
        if let Some((missing, duplicates)) = findings {
            summary.missing = Some(missing);
            summary.duplicates = Some(duplicates);
        }
        match self.halt {
            None => Ok(summary),
            Some(reason) => Err(Halted::new(reason, summary)),
        }
    }

    /// Reports what the journal has of earlier runs.
    async fn begin_with_journal(&mut self) -> Result<(), Reason> {
        let journal = &self.sender.journal;
        let is_new = journal.is_new().await?;
        self.proof = Proof::new(is_new, self.settings.look_first, self.settings.expected);
        let notice = if is_new {
            Notice::NewJournal {
                look_first: self.settings.look_first,
                requests: self.proof.first_budget(),
            }
        } else {
            let counts = journal.counts().await?;
            self.reporter.work.done = counts.done;
            Notice::GoesOn {
                done: counts.done,
                unsettled: counts.unsettled,
            }
        };
        self.reporter.observer.notice(&notice);
        if let Some(ahead) = journal.clock_fault().await? {
            let notice = Notice::ClockFault { ahead };
            self.reporter.observer.notice(&notice);
        }
        Ok(())
    }

    /// Sends until the input ends, or there is a reason to end early.
    async fn send(&mut self, stop: &mut StopSignal) {
        let mut grace_ends = None;
        let mut stretch = 0_u64;
        loop {
            let started = self.start_tasks();
            self.end_unless(started);
            if self.is_over() {
                return;
            }
            self.tell_of_settling();
            if self.halt.is_some() && grace_ends.is_none() {
                grace_ends = Instant::now().checked_add(self.settings.grace);
            }
            let goes_on = self.halt.is_none();
            let may_read = self.may_read();
            let is_walking = matches!(self.proof.mode(), Mode::Walking { .. });
            let flush_at = self.flush_at.filter(|_| !self.held.is_empty());
            let (flush, grace) = (sleep_until_some(flush_at), sleep_until_some(grace_ends));
            let done = tokio::select! {
                biased;
                () = &mut *stop, if goes_on => Err(Reason::Stopped),
                Some(finished) = self.stages.fresh.next() => self.take_fresh(finished),
                Some(finished) = self.stages.behind.next() => self.take_left_behind(finished),
                readable = self.outage.readable(), if goes_on => readable,
                Some(notice) = self.notices.recv() => {
                    self.reporter.observer.notice(&notice);
                    Ok(())
                }
                page = self.walk.page(&self.sender.reads), if goes_on && is_walking => {
                    self.take_page(page)
                }
                Some((checked, told)) = self.stages.proving.next(), if goes_on => {
                    self.take_proven(checked, told)
                }
                Some((checked, found)) = self.stages.later.next(), if goes_on => {
                    self.take_later(checked, found)
                }
                Some(placed) = self.stages.placing.next(), if goes_on => self.take_placed(placed),
                // While the list is read, lines stay here, in order.
                Some((checked, known)) = self.stages.in_journal.next(), if goes_on && !is_walking => {
                    self.take_known(checked, known)
                }
                line = self.lines.next(), if may_read => {
                    stretch = stretch.saturating_add(1);
                    if stretch.is_multiple_of(STRETCH) {
                        tokio::task::yield_now().await;
                    }
                    self.take_in(line)
                }
                () = flush, if goes_on => {
                    self.flush_at = None;
                    Ok(())
                }
                () = grace => return,
            };
            self.end_unless(done);
        }
    }

    /// Makes the import end early if there is a reason. Requests under way may
    /// still finish.
    fn end_unless(&mut self, done: Result<(), Reason>) {
        if let Err(reason) = done {
            self.halt.get_or_insert(reason);
        }
    }

    /// Starts tasks for lines, as many as there are places.
    fn start_tasks(&mut self) -> Result<(), Reason> {
        if self.halt.is_some() {
            return Ok(());
        }
        self.prove()?;
        self.release();
        let blocked = self.at_end || self.stages.block_input();
        if blocked && !self.has_unsent() {
            self.nothing_to_try();
        }
        while self.stages.fresh.len() < self.settings.concurrency && self.outage.allows_fresh() {
            let Some(checked) = self.stages.ready.pop_front() else {
                break;
            };
            self.outage.sending(&checked.id);
            self.stages.under_way.insert(checked.id.clone(), true);
            self.stages.fresh.push(self.sender.start(checked));
        }
        while self.stages.behind.len() < self.settings.concurrency && self.outage.is_over() {
            let Some(checked) = self.stages.queue.pop_front() else {
                break;
            };
            self.stages.under_way.insert(checked.id.clone(), true);
            self.stages.behind.push(self.sender.start(checked));
        }
        Ok(())
    }

    /// Returns the phase of the import.
    fn phase(&self) -> Phase {
        match (self.proof.mode(), self.told_settling) {
            (Mode::Walking { .. }, _) => Phase::Proving,
            (_, true) => Phase::Settling,
            (_, false) => Phase::Sending,
        }
    }

    /// Reports once that all lines were sent and some have no outcome yet.
    fn tell_of_settling(&mut self) {
        let all_sent = self.at_end && !self.has_unsent() && self.stages.queue.is_empty();
        if all_sent && self.halt.is_none() && !std::mem::replace(&mut self.told_settling, true) {
            self.reporter.progress(Phase::Settling);
        }
    }

    fn is_over(&self) -> bool {
        if !(self.stages.fresh.is_empty() && self.stages.behind.is_empty()) {
            return false;
        }
        let nothing_left = self.at_end && !self.has_unsent() && !self.stages.block_input();
        nothing_left || self.halt.is_some()
    }

    fn may_read(&self) -> bool {
        let lines = self.stages.unsent().saturating_add(self.held.len());
        let most = self.settings.concurrency.saturating_mul(2);
        let room =
            lines < most.saturating_add(MOST_LOOKED_UP) && self.stages.later.len() < MOST_LATER;
        room && !self.stages.block_input() && !self.at_end && self.halt.is_none()
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

/// Sleeps until a time, or for ever without one.
async fn sleep_until_some(time: Option<Instant>) {
    match time {
        Some(time) => sleep_until(time).await,
        None => std::future::pending().await,
    }
}
