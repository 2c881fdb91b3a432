//! Where outcomes are told.

use std::sync::Arc;

use gorgias::ExternalId;
use tokio::time::Instant;

use crate::counts::Counts;
use crate::halted::Reason;
use crate::meter::Meter;
use crate::observer::{Observer, Phase, Progress};
use crate::report::{LineReport, Outcome};
use crate::summary::Summary;

/// Where outcomes are told.
pub(super) struct Reporter<'a> {
    pub(super) observer: &'a mut dyn Observer,
    pub(super) meter: Arc<Meter>,
    pub(super) started: Instant,
    pub(super) counts: Counts,
    /// Lines in doubt so far. The audit may find them yet.
    pub(super) waiting: u64,
    pub(super) retries: u64,
    pub(super) bytes: u64,
}

impl Reporter<'_> {
    pub(super) fn progress(&mut self, phase: Phase) {
        let counts = &self.counts;
        let limit = self.meter.limit();
        let progress = Progress {
            phase,
            lines: counts.total.saturating_add(self.waiting),
            created: counts.created,
            found: counts.found,
            rejected: counts.rejected,
            in_doubt: counts.in_doubt.saturating_add(self.waiting),
            bytes: self.bytes,
            requests: self.meter.requests(),
            rate_limited: self.meter.rate_limited(),
            retries: self.retries,
            limit: limit.map(|seen| (seen.used(), seen.limit())),
            elapsed: self.started.elapsed(),
        };
        self.observer.progress(&progress);
    }

    /// Tells what became of a line.
    pub(super) fn report(
        &mut self,
        line: u64,
        id: Option<ExternalId>,
        outcome: Outcome,
    ) -> Result<(), Reason> {
        self.counts.add(&outcome);
        let report = LineReport {
            line,
            external_id: id,
            outcome,
            warnings: Vec::new(),
        };
        self.observer.line(&report).map_err(Reason::Observer)
    }

    pub(super) fn summary(&self) -> Summary {
        Summary::new(self.counts, &self.meter, self.started.elapsed())
    }
}
