//! Reports outcomes and progress to the observer, and counts them.

use std::sync::Arc;

use gorgias::ExternalId;
use tokio::time::Instant;

use crate::halted::Reason;
use crate::meter::Meter;
use crate::observer::{AuditProgress, Observer, Phase, Progress};
use crate::report::{LineOutcome, LineReport};
use crate::summary::Summary;

/// The most tickets on a page of the list.
const PAGE: u64 = 100;

/// Reports the outcome of each line to the observer, and counts outcomes.
pub(super) struct Reporter<'a> {
    pub(super) observer: &'a mut dyn Observer,
    pub(super) meter: Arc<Meter>,
    pub(super) started: Instant,
    pub(super) summary: Summary,
    /// The number of lines in doubt so far. The audit may still find their
    /// tickets.
    pub(super) waiting: u64,
    pub(super) retries: u64,
    pub(super) bytes: u64,
    pub(super) work: Work,
    pub(super) audit: Option<AuditProgress>,
}

/// The work of an import, as far as it is known beforehand.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Work {
    /// The number of lines of the input.
    pub(super) expected: Option<u64>,
    /// The number of tickets in the journal, which is the most that lines are
    /// found in it.
    pub(super) done: u64,
    /// Whether each line is looked up before it is sent.
    pub(super) look_first: bool,
    /// Whether there is an audit at the end.
    pub(super) audit: bool,
}

impl Work {
    /// Estimates the requests that are left after this many lines.
    fn requests_left(&self, lines: u64, so_far: &Summary) -> Option<u64> {
        let lines_left = self.expected?.saturating_sub(lines);
        let to_send = lines_left.saturating_sub(self.done.saturating_sub(so_far.found));
        let each = if self.look_first { 2 } else { 1 };
        let audited = match self.audit {
            true => so_far.created.saturating_add(to_send),
            false => 0,
        };
        let pages = audited.div_ceil(PAGE);
        Some(to_send.saturating_mul(each).saturating_add(pages))
    }
}

impl Reporter<'_> {
    pub(super) fn progress(&mut self, phase: Phase) {
        let so_far = &self.summary;
        let lines = so_far.read.saturating_add(self.waiting);
        let progress = Progress {
            phase,
            lines,
            expected: self.work.expected,
            created: so_far.created,
            found: so_far.found,
            rejected: so_far.rejected,
            in_doubt: so_far.in_doubt.saturating_add(self.waiting),
            bytes: self.bytes,
            requests: self.meter.requests(),
            rate_limited: self.meter.rate_limited(),
            requests_left: self.work.requests_left(lines, so_far),
            audit: self.audit,
            retries: self.retries,
            limit: self.meter.limit().map(|seen| (seen.used(), seen.limit())),
            elapsed: self.started.elapsed(),
        };
        self.observer.progress(&progress);
    }

    /// Reports the outcome of a line.
    pub(super) fn report(
        &mut self,
        line: u64,
        id: Option<ExternalId>,
        outcome: LineOutcome,
    ) -> Result<(), Reason> {
        self.summary.add(&outcome);
        let report = LineReport::new(line, id, outcome);
        self.observer.line(&report).map_err(Reason::Observer)
    }

    pub(super) fn summary(&self) -> Summary {
        let mut summary = self.summary.clone();
        summary.measure(&self.meter, self.started.elapsed());
        summary
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_found_takes_no_request() {
        let counts = |created, found| Summary {
            created,
            found,
            ..Summary::new()
        };
        let work = Work {
            expected: Some(1_000),
            done: 600,
            look_first: false,
            audit: true,
        };
        assert_eq!(work.requests_left(0, &counts(0, 0)), Some(400 + 4));
        assert_eq!(work.requests_left(600, &counts(0, 600)), Some(400 + 4));
        assert_eq!(work.requests_left(800, &counts(200, 600)), Some(200 + 4));
        assert_eq!(work.requests_left(1_000, &counts(400, 600)), Some(4));
        let bare = Work {
            look_first: true,
            audit: false,
            ..work
        };
        assert_eq!(bare.requests_left(800, &counts(200, 600)), Some(400));
        assert_eq!(Work::default().requests_left(7, &counts(7, 0)), None);
    }
}
