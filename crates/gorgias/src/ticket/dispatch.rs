//! Whether a message still has to be sent.

use chrono::{DateTime, Utc};

/// What the helpdesk does with an outgoing message.
///
/// The API decides this by whether `sent_datetime` is present, which is easy
/// to forget and can't be taken back. Here it has to be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Dispatch {
    /// The helpdesk sends the message to the customer, in the background,
    /// once the ticket is created. A failure shows only later, in the
    /// message's `failed_datetime` and `last_sending_error`.
    SendNow,
    /// The message was sent from elsewhere at this time. The helpdesk records
    /// it and sends nothing.
    AlreadySentAt(DateTime<Utc>),
}

impl Dispatch {
    pub(crate) fn sent_datetime(self) -> Option<DateTime<Utc>> {
        match self {
            Self::SendNow => None,
            Self::AlreadySentAt(time) => Some(time),
        }
    }
}
