//! The interface for watching an import.

use std::time::Duration;

use gorgias::ExternalId;

use crate::notice::Notice;
use crate::report::LineReport;

/// The error with which an [`Observer`] ends the import.
pub type ObserverError = Box<dyn std::error::Error + Send + Sync>;

/// Watches an import. Each method does nothing by default.
///
/// The methods are called between requests, so they must not take long.
pub trait Observer: Send {
    /// Called once with the outcome of each line, as soon as the line is settled. The lines
    /// that stay in doubt come last.
    ///
    /// # Errors
    ///
    /// An error, such as a report that can't be written, ends the import early. Requests
    /// under way may still finish.
    fn line(&mut self, report: &LineReport) -> Result<(), ObserverError> {
        let _ = report;
        Ok(())
    }

    /// Called with the progress: after each line, after each page of the helpdesk's list, and
    /// during the audit.
    fn progress(&mut self, progress: &Progress) {
        let _ = progress;
    }

    /// Called with each notice, such as the beginning of an outage.
    fn notice(&mut self, notice: &Notice) {
        let _ = notice;
    }

    /// Called with each problem that the audit finds.
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
    /// The present phase of the import.
    pub phase: Phase,
    /// The number of lines that have an outcome, or are in doubt so far.
    pub lines: u64,
    /// The number of lines of the input, if known.
    pub expected: Option<u64>,
    /// Lines whose ticket was created.
    pub created: u64,
    /// Lines whose ticket existed already.
    pub found: u64,
    /// Lines that were rejected.
    pub rejected: u64,
    /// Lines in doubt so far.
    pub in_doubt: u64,
    /// The number of bytes of input that were read.
    pub bytes: u64,
    /// The number of requests so far.
    pub requests: u64,
    /// Requests that were refused with 429.
    pub rate_limited: u64,
    /// An estimate of the number of requests that the rest of the lines and the audit take,
    /// if the number of lines is known. Lines whose ticket is in the journal take none.
    pub requests_left: Option<u64>,
    /// The progress of the audit, once it has begun.
    pub audit: Option<AuditProgress>,
    /// Requests to create a ticket that were sent again.
    pub retries: u64,
    /// The rate limit that the service reported last: the number of used requests, and the
    /// number of allowed requests.
    pub limit: Option<(u32, u32)>,
    /// The time since the start.
    pub elapsed: Duration,
}

/// How far an audit has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct AuditProgress {
    /// The number of external ids whose ticket was found.
    pub met: u64,
    /// The number of external ids that the audit looks for.
    pub of: u64,
    /// The pause before the audit looks up missing tickets, if it pauses.
    pub pause: Option<Duration>,
}

/// The phase of an import.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Phase {
    /// Checking lines without sending any, in a dry run.
    Checking,
    /// Reading the helpdesk's list, to find the lines that have tickets already.
    ReadingList,
    /// Sending tickets.
    #[default]
    Sending,
    /// Waiting for the outcome of the last lines, after all were sent.
    Settling,
    /// Comparing the list with the imported tickets.
    Auditing,
}

/// A problem that the audit found.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Finding {
    /// A ticket that was created isn't in the list.
    #[non_exhaustive]
    Missing {
        /// The external id of the ticket.
        external_id: ExternalId,
        /// The ticket's id.
        ticket_id: i64,
    },
    /// Several tickets have the same external id.
    #[non_exhaustive]
    Duplicate {
        /// The external id.
        external_id: ExternalId,
        /// The ticket that the journal has for the external id.
        ticket_id: i64,
        /// The other tickets.
        others: Vec<i64>,
    },
}
