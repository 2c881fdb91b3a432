//! Reports outcomes and progress to the observer, and counts them.

use std::sync::Arc;

use gorgias::ExternalId;
use tokio::time::Instant;

use super::Settings;
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
    /// The number of lines in doubt that aren't reported yet, because the audit may find
    /// their tickets.
    pub(super) in_doubt: u64,
    pub(super) retries: u64,
    pub(super) bytes: u64,
    pub(super) settings: Settings,
    /// The number of tickets in the journal when the import began. At most this many lines
    /// are found in it.
    pub(super) done: u64,
    pub(super) audit: Option<AuditProgress>,
}

impl Reporter<'_> {
    pub(super) fn progress(&mut self, phase: Phase) {
        let so_far = &self.summary;
        let lines = so_far.read.saturating_add(self.in_doubt);
        let progress = Progress {
            phase,
            lines,
            expected: self.settings.expected,
            created: so_far.created,
            found: so_far.found,
            rejected: so_far.rejected,
            in_doubt: so_far.in_doubt.saturating_add(self.in_doubt),
            bytes: self.bytes,
            requests: self.meter.requests(),
            rate_limited: self.meter.rate_limited(),
            requests_left: requests_left(&self.settings, self.done, lines, so_far),
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

/// Estimates the number of requests for the rest of the import, after this many lines.
/// `done` is the number of tickets in the journal when the import began.
fn requests_left(settings: &Settings, done: u64, lines: u64, so_far: &Summary) -> Option<u64> {
    let lines_left = settings.expected?.saturating_sub(lines);
    let to_send = lines_left.saturating_sub(done.saturating_sub(so_far.found));
    let each = if settings.look_first { 2 } else { 1 };
    let audited = match settings.audit {
        true => so_far.created.saturating_add(to_send),
        false => 0,
    };
    let pages = audited.div_ceil(PAGE);
    Some(to_send.saturating_mul(each).saturating_add(pages))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn found_lines_take_no_request() {
        let counts = |created, found| Summary {
            created,
            found,
            ..Summary::new()
        };
        let settings = Settings {
            expected: Some(1_000),
            ..Settings::default()
        };
        let left =
            |settings: &Settings, lines, so_far| requests_left(settings, 600, lines, &so_far);
        assert_eq!(left(&settings, 0, counts(0, 0)), Some(400 + 4));
        assert_eq!(left(&settings, 600, counts(0, 600)), Some(400 + 4));
        assert_eq!(left(&settings, 800, counts(200, 600)), Some(200 + 4));
        assert_eq!(left(&settings, 1_000, counts(400, 600)), Some(4));
        let bare = Settings {
            look_first: true,
            audit: false,
            ..settings
        };
        assert_eq!(left(&bare, 800, counts(200, 600)), Some(400));
        assert_eq!(left(&Settings::default(), 7, counts(7, 0)), None);
    }
}
