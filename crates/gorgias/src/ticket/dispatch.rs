//! Whether the helpdesk has to send an outgoing message.

use chrono::{DateTime, Utc};

/// Whether the helpdesk sends an outgoing message.
///
/// In the API, an outgoing message without `sent_datetime` is sent. That member is easy
/// to forget, and a sent message can't be taken back, so the constructors of outgoing
/// messages ask for the choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Dispatch {
    /// The helpdesk sends the message to the customer, in the background, once the
    /// ticket or message is created. A failure shows only later, in the message's
    /// `failed_datetime` and `last_sending_error`.
    SendNow,
    /// Another system sent the message at this time. The helpdesk records the
    /// message and sends nothing.
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
