//! The public types that describe a journal's entries.

use std::time::{Duration, SystemTime};

use gorgias::journal::{BodyHash, Left};

/// The journal's entry of an external id, from
/// [`SqliteJournal::entry`](crate::SqliteJournal::entry).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct JournalEntry {
    /// The digest of the request body that the id was used for.
    pub body: BodyHash,
    /// Whether the ticket exists.
    pub state: EntryState,
    /// When the id was first claimed.
    pub since: SystemTime,
    /// When the last request for the ticket began, if there was one.
    pub last_attempt: Option<SystemTime>,
    /// When the journal recorded that the ticket exists, if it does.
    pub settled: Option<SystemTime>,
    /// Whether an audit has seen the ticket in the service's list, as recorded
    /// by [`SqliteJournal::mark_audited`](crate::SqliteJournal::mark_audited).
    pub audited: bool,
}

/// Whether the ticket of an id exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EntryState {
    /// The ticket exists.
    Done {
        /// The id of the ticket, or of the message of a reply.
        resource_id: i64,
    },
    /// Whether the ticket exists is not settled.
    Unsettled {
        /// The state in which the last claim left the id.
        left: Left,
        /// The time for which the present claim still holds the id. Zero without a claim.
        held_for: Duration,
    },
}

/// The number of ids in a journal, from
/// [`SqliteJournal::counts`](crate::SqliteJournal::counts).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Counts {
    /// Ids whose ticket exists.
    pub done: u64,
    /// Ids without an outcome.
    pub unsettled: u64,
}
