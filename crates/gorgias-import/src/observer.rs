//! Watching an import.

use std::time::Duration;

use gorgias::ExternalId;

use crate::notice::Notice;
use crate::report::LineReport;

/// Why an [`Observer`] wants the import to end.
pub type ObserverError = Box<dyn std::error::Error + Send + Sync>;

/// Watches an import. Nothing is asked of it; each method does nothing unless
/// it is written.
///
/// The methods are called between requests, so they must not take long.
pub trait Observer: Send {
    /// What became of a line. Lines come in the order in which they are
    /// settled, each once; those that stay in doubt come last.
    ///
    /// # Errors
    ///
    /// An error ends the import as if it was asked to stop, such as a report
    /// that can't be written.
    fn line(&mut self, report: &LineReport) -> Result<(), ObserverError> {
        let _ = report;
        Ok(())
    }

    /// How far the import has come, after each line and each page of the
    /// audit.
    fn progress(&mut self, progress: &Progress) {
        let _ = progress;
    }

    /// How the import goes on, at the few points where that needs saying.
    fn notice(&mut self, notice: &Notice) {
        let _ = notice;
    }

    /// Something the audit found out that isn't as it should be.
    fn finding(&mut self, finding: &Finding) {
        let _ = finding;
    }
}

/// Watches nothing.
impl Observer for () {}

/// How far an import has come.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Progress {
    /// What it is at.
    pub phase: Phase,
    /// The lines that have an outcome, or are in doubt so far.
    pub lines: u64,
    /// The lines of the input, if that is known.
    pub expected: Option<u64>,
    /// Those whose ticket was created.
    pub created: u64,
    /// Those whose ticket was there.
    pub found: u64,
    /// Those that were rejected.
    pub rejected: u64,
    /// Those in doubt so far.
    pub in_doubt: u64,
    /// The bytes of input that were read.
    pub bytes: u64,
    /// All requests so far.
    pub requests: u64,
    /// Those that were refused because too many were made.
    pub rate_limited: u64,
    /// Requests still to make for the lines without an outcome and for the audit,
    /// if the number of lines is known. Lines that the journal has a ticket of
    /// take none.
    pub requests_left: Option<u64>,
    /// How far the audit has come, once it began.
    pub audit: Option<AuditProgress>,
    /// Requests to create a ticket that were sent again.
    pub retries: u64,
    /// The rate limit as the service told it last: how many requests are used
    /// of how many.
    pub limit: Option<(u32, u32)>,
    /// The time since the start.
    pub elapsed: Duration,
}

/// How far an audit has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct AuditProgress {
    /// The external ids whose ticket was met.
    pub met: u64,
    /// The external ids whose ticket is looked for.
    pub of: u64,
    /// How long it pauses before it looks again for those that it didn't meet.
    pub pause: Option<Duration>,
}

/// What an import is at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Phase {
    /// Checking lines, of which none is sent.
    Checking,
    /// Reading the list, to see which lines have tickets.
    Proving,
    /// Sending tickets.
    #[default]
    Sending,
    /// Waiting for what became of the last lines, all of which were sent.
    Settling,
    /// Walking the list.
    Auditing,
}

/// Something the audit found out that isn't as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Finding {
    /// A ticket that was created isn't in the list.
    #[non_exhaustive]
    Missing {
        /// The id it was created under.
        external_id: ExternalId,
        /// The ticket's id.
        ticket_id: i64,
    },
    /// Several tickets have one external id.
    #[non_exhaustive]
    Duplicate {
        /// The external id.
        external_id: ExternalId,
        /// The ticket that the journal knows.
        ticket_id: i64,
        /// The others.
        others: Vec<i64>,
    },
}
