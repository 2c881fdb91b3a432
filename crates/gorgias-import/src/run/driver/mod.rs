//! Runs an import: reads lines, sends tickets and counts outcomes. The loop over all events
//! is in [`sending`].
//!
//! A line goes through these steps:
//!
//! 1. It is read and checked, and looked for in the journal ([`intake`]).
//! 2. If the journal doesn't know it, the service is asked whether it has a ticket
//!    ([`existing_tickets`]).
//! 3. A task sends it, and [`results`] handles the result.
//!
//! [`closing`] reports the lines that have no outcome at the end.

mod closing;
mod existing_tickets;
mod intake;
mod results;
mod sending;
mod stages;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use gorgias::{Client, ExternalId};
use gorgias_journal::SqliteJournal;
use tokio::sync::Semaphore;
use tokio::sync::mpsc::{self, UnboundedReceiver};
use tokio::time::Instant;

use self::stages::Stages;
use super::audit::Audit;
use super::list::ListReader;
use super::outage::Outage;
use super::proof::{Held, ProofPlan};
use super::reads::Reads;
use super::reporter::Reporter;
use super::task::Sender;
use super::uploader::Uploader;
use super::{Settings, StopSignal};
use crate::halted::{Halted, Reason};
use crate::line::{Input, Lines, Rules};
use crate::meter::Meter;
use crate::notice::Notice;
use crate::observer::Observer;
use crate::report::LineOutcome;
use crate::seen::SeenIds;
use crate::summary::Summary;

/// The state of a running import.
pub(super) struct Driver<'a> {
    lines: Lines<Input<'a>>,
    rules: Rules,
    settings: Settings,
    sender: Sender,
    seen: SeenIds,
    reporter: Reporter<'a>,
    outage: Outage,
    /// Uploads the files that lines name. `None` if the rules have no folder of files.
    uploader: Option<Uploader>,
    stages: Stages,
    plan: ProofPlan,
    /// Limits the number of simultaneous look-ups.
    permits: Arc<Semaphore>,
    list: ListReader,
    /// When reading the list began, or began again.
    list_began: Instant,
    /// Whether the list has a ticket with an external id.
    list_has_ids: bool,
    /// Whether the list was read and proves nothing.
    list_proves_nothing: bool,
    /// Whether the observer was told that the journal is incomplete.
    reported_incomplete: bool,
    /// Whether the observer was told that every line is sent and only outcomes are missing.
    reported_settling: bool,
    /// Lines without a known ticket, which are held for a while before they are ready to be
    /// sent.
    held: Held,
    /// When held lines are sent if no other line arrives.
    flush_at: Option<Instant>,
    /// From this time on, the list shows every ticket that was sent before this run.
    quiet_at: Instant,
    /// Receives the notices of reads that wait for the service.
    notices: UnboundedReceiver<Notice>,
    /// The number of lines that were read.
    lines_read: u64,
    /// Whether the input was read to its end.
    at_end: bool,
    /// The earliest `updated_datetime` of the lines that the audit looks for.
    earliest: Option<DateTime<Utc>>,
    /// The reason to end early, if there is one.
    halt: Option<Reason>,
}

impl<'a> Driver<'a> {
    pub(super) fn new(
        client: &Client,
        journal: Arc<SqliteJournal>,
        rules: Rules,
        settings: Settings,
        meter: Arc<Meter>,
        input: Input<'a>,
        observer: &'a mut dyn Observer,
    ) -> Result<Self, Reason> {
        let started = Instant::now();
        let reporter = Reporter {
            observer,
            meter: Arc::clone(&meter),
            started,
            summary: Summary::new(),
            in_doubt: 0,
            retries: 0,
            bytes: 0,
            settings: settings.clone(),
            done: 0,
            audit: None,
        };
        let (sender, notices) = mpsc::unbounded_channel();
        let reads = Reads {
            tickets: client.tickets(),
            meter,
            patience: settings.patience,
            notices: sender,
        };
        let uploader = rules.files.as_ref().map(|folder| {
            let journal = Arc::clone(&journal);
            let uploads = settings.concurrency;
            Uploader::new(client.uploads(), reads.clone(), journal, folder, uploads)
        });
        let quiet_at = started.checked_add(settings.settle.settle_time());
        Ok(Self {
            lines: Lines::new(input),
            rules,
            outage: Outage::new(reads.clone()),
            sender: Sender { reads, journal },
            // `begin_with_journal` replaces the plan, once it knows whether the journal
            // is new.
            plan: ProofPlan::new(true, settings.look_first, settings.expected),
            permits: Arc::new(Semaphore::new(settings.concurrency)),
            list: ListReader::oldest_first(),
            list_began: started,
            list_has_ids: false,
            list_proves_nothing: false,
            reported_incomplete: false,
            reported_settling: false,
            held: Held::new(settings.concurrency),
            flush_at: None,
            quiet_at: quiet_at.unwrap_or(started),
            notices,
            settings,
            seen: SeenIds::new()?,
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
            let audited = tokio::select! {
                biased;
                () = &mut stop => Err(Reason::Stopped),
                audited = self.audit() => audited,
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
        let lines = self.at_end.then_some(summary.read);
        summary.set_input_lines(lines.or(self.settings.expected));
        if let Some((missing, duplicates)) = findings {
            summary.missing = Some(missing);
            summary.duplicates = Some(duplicates);
        }
        match self.halt {
            None => Ok(summary),
            Some(reason) => Err(Halted::new(reason, summary)),
        }
    }

    /// Reports how much the journal knows of earlier runs, and chooses the way to find out
    /// whether lines have tickets.
    async fn begin_with_journal(&mut self) -> Result<(), Reason> {
        let journal = &self.sender.journal;
        let is_new = journal.is_new().await?;
        self.plan = ProofPlan::new(is_new, self.settings.look_first, self.settings.expected);
        let notice = if is_new {
            Notice::NewJournal {
                look_first: self.settings.look_first,
                requests: self.plan.first_budget(),
            }
        } else {
            let counts = journal.counts().await?;
            self.reporter.done = counts.done;
            Notice::GoesOn {
                done: counts.done,
                unsettled: counts.unsettled,
            }
        };
        let clock_fault = journal.clock_fault().await?;
        self.notify(&notice);
        if let Some(ahead) = clock_fault {
            self.notify(&Notice::ClockFault { ahead });
        }
        Ok(())
    }

    fn notify(&mut self, notice: &Notice) {
        self.reporter.observer.notice(notice);
    }

    /// Reports the outcome of a line, and the progress.
    fn report(
        &mut self,
        line: u64,
        id: Option<ExternalId>,
        outcome: LineOutcome,
    ) -> Result<(), Reason> {
        self.reporter.report(line, id, outcome)?;
        self.reporter.progress(self.phase());
        Ok(())
    }

    /// Audits the import. Returns the number of missing tickets, and the number of ids with
    /// several tickets.
    async fn audit(&mut self) -> Result<(u64, u64), Reason> {
        if self.seen.to_audit()? == 0 {
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
