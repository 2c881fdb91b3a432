//! Reads a row of the table `entries`. `schema` explains the columns.

use std::time::Duration;

use gorgias::journal::{BodyHash, ClaimId, KeyState, Left};

use crate::clock::{Millis, duration, millis, system_time};
use crate::entry::{EntryState, JournalEntry};

pub(crate) struct Row {
    pub(crate) state: KeyState,
    settled: Option<Millis>,
    since: Millis,
    audited: bool,
}

impl Row {
    pub(crate) const COLUMNS: &str = "body, ticket_id, settled, claim, renewals, held_until, lease, \
                                      known, last_attempt, may_run, since, audited";

    /// The number of columns in `COLUMNS`.
    pub(crate) const WIDTH: usize = 12;

    pub(crate) fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self> {
        let length = |column| row.get(column).map(duration);
        let (claim, body) = (ClaimId::new(row.get(3)?), BodyHash::from_bytes(row.get(0)?));
        let mut state = KeyState::new(claim, body, length(6)?, Duration::ZERO);
        state.done = row.get(1)?;
        state.renewals = row.get(4)?;
        state.held_until = length(5)?;
        state.left = left_from_known(row.get(7)?);
        state.last_attempt = row.get::<_, Option<_>>(8)?.map(duration);
        state.may_run = length(9)?;
        Ok(Self {
            state,
            settled: row.get(2)?,
            since: row.get(10)?,
            audited: row.get(11)?,
        })
    }

    pub(crate) fn entry(&self, now: Millis) -> JournalEntry {
        JournalEntry {
            body: self.state.body,
            state: match self.state.done {
                Some(resource_id) => EntryState::Done { resource_id },
                None => {
                    let remaining = self.state.held_until.saturating_sub(duration(now));
                    EntryState::Unsettled {
                        left: self.state.left.unwrap_or(Left::Interrupted),
                        held_for: remaining.min(self.state.lease),
                    }
                }
            },
            since: system_time(self.since),
            last_attempt: self.state.last_attempt.map(millis).map(system_time),
            settled: self.settled.map(system_time),
            audited: self.audited,
        }
    }
}

/// Reads the column `known`. `None` if no earlier claim sent a request.
fn left_from_known(known: i64) -> Option<Left> {
    match known {
        0 => None,
        2 => Some(Left::InDoubt),
        3 => Some(Left::Applied),
        4 => Some(Left::Freed),
        _ => Some(Left::Interrupted),
    }
}

/// Returns the value for the column `known`.
pub(crate) fn left_to_known(left: Option<Left>) -> i64 {
    match left {
        None => 0,
        Some(Left::InDoubt) => 2,
        Some(Left::Applied) => 3,
        Some(Left::Freed) => 4,
        Some(_) => 1,
    }
}
