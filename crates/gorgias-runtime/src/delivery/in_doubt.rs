//! The facts about a creation in doubt.

use std::time::SystemTime;

use chrono::{DateTime, Utc};

use super::ExternalId;

/// The facts about a creation in doubt, to settle it later. They come from
/// [`Error::in_doubt`](crate::Error::in_doubt).
///
/// After some time, look for the external id with `Tickets::find` or in the
/// helpdesk. Or call `create_once` again with the same id and ticket, or
/// `reply_once` with the same id and message: both look for the external id
/// before they send anything.
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

    /// The external id of the ticket or message that may have been created.
    #[must_use]
    pub fn external_id(&self) -> &ExternalId {
        &self.external_id
    }

    /// When this call sent the request, by the clock of this machine. `None` if
    /// an earlier call may have sent it.
    #[must_use]
    pub fn sent_at(&self) -> Option<DateTime<Utc>> {
        self.sent_at
    }

    /// The number of look-ups that did not find the resource.
    #[must_use]
    pub fn look_ups(&self) -> u32 {
        self.look_ups
    }
}
