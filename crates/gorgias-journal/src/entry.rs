//! What a journal says of an id.

use std::time::{Duration, SystemTime};

use gorgias::ExternalId;
use gorgias::journal::{BodyHash, Left};

/// What the journal has of an id, from
/// [`SqliteJournal::entry`](crate::SqliteJournal::entry).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry {
    /// The digest of the body the id was used for.
    pub body: BodyHash,
    /// Whether the ticket exists.
    pub state: State,
    /// When the id was first claimed.
    pub since: SystemTime,
    /// When the last request for it began, if any did.
    pub last_attempt: Option<SystemTime>,
    /// When it was recorded that the ticket exists, if it was.
    pub settled: Option<SystemTime>,
    /// Whether the ticket was seen in the service's list since, as
    /// [`SqliteJournal::mark_audited`](crate::SqliteJournal::mark_audited)
    /// says.
    pub audited: bool,
}

/// Whether the ticket of an id exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum State {
    /// It does.
    Done {
        /// Its id.
        ticket_id: i64,
    },
    /// That isn't settled.
    Unsettled {
        /// How it was left.
        left: Left,
        /// How much longer somebody holds it. Zero if nobody does.
        held_for: Duration,
    },
}

/// How many ids a journal has, from
/// [`SqliteJournal::counts`](crate::SqliteJournal::counts).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Counts {
    /// Ids whose ticket exists.
    pub done: u64,
    /// Ids without an outcome.
    pub unsettled: u64,
}

/// An id with an intent and without an outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unsettled {
    /// The id.
    pub external_id: ExternalId,
    /// How it was left: by somebody who is at work on it or went away, or
    /// after looking for it in vain.
    pub left: Left,
    /// How much longer somebody holds it. Zero if nobody does.
    pub held_for: Duration,
}
