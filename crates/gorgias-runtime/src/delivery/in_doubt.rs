//! What is known of a creation whose fate couldn't be settled.

use std::time::SystemTime;

use chrono::{DateTime, Utc};

use super::ExternalId;

/// What is needed to settle later what couldn't be settled now, from
/// [`Error::in_doubt`](crate::Error::in_doubt).
///
/// Look for the external id, by `Tickets::find` or in the helpdesk, once more
/// time has passed; or call `create_once` again with the same id and ticket,
/// which starts by doing so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InDoubt {
    external_id: ExternalId,
    sent_at: Option<DateTime<Utc>>,
    look_ups: u32,
}

impl InDoubt {
    #[doc(hidden)]
    #[must_use]
    pub fn new(external_id: ExternalId, sent_at: Option<SystemTime>, look_ups: u32) -> Self {
        Self {
            external_id,
            sent_at: sent_at.map(DateTime::from),
            look_ups,
        }
    }

    /// The external id of what may have been created.
    #[must_use]
    pub fn external_id(&self) -> &ExternalId {
        &self.external_id
    }

    /// When this call sent the request, by the clock of this machine. None
    /// if it was an earlier call that may have sent it.
    #[must_use]
    pub fn sent_at(&self) -> Option<DateTime<Utc>> {
        self.sent_at
    }

    /// How often it was looked for, and not found.
    #[must_use]
    pub fn look_ups(&self) -> u32 {
        self.look_ups
    }
}
