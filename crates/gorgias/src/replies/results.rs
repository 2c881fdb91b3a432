//! The results of calls that add a message.

use std::fmt;

use gorgias_api::types::TicketMessage;
use gorgias_runtime::{Metadata, Response};

use crate::tickets::{CreationDetails, How};

/// A message that was added to a ticket.
///
/// `Debug` shows the message's id and no personal data. `Debug` of the field
/// `message` shows everything.
#[derive(Clone)]
#[non_exhaustive]
pub struct Replied {
    /// The message, from the service's answer.
    pub message: TicketMessage,
    metadata: Metadata,
    details: CreationDetails,
}

impl Replied {
    pub(crate) fn new(answer: Response<TicketMessage>, details: CreationDetails) -> Self {
        let (message, metadata) = answer.into_parts();
        Self {
            message,
            metadata,
            details,
        }
    }

    /// How it is known that the message was added. Always [`How::Sent`] after a
    /// plain [`reply`](crate::Tickets::reply).
    #[must_use]
    pub fn how(&self) -> How {
        self.details.how
    }

    /// The number of requests that this call sent to add the message. 0 if it
    /// existed before.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.details.attempts
    }

    /// How often this call looked for the message.
    #[must_use]
    pub fn look_ups(&self) -> u32 {
        self.details.look_ups
    }

    /// The ids of other messages of the ticket with the same external id. A person
    /// should look into them: another program added them, or a request was sent
    /// again although an earlier one was applied.
    #[must_use]
    pub fn duplicates(&self) -> &[i64] {
        &self.details.duplicates
    }

    /// The facts about the response: status, headers, request id, rate limit,
    /// attempts and the body as it was received.
    #[must_use]
    pub fn metadata(&self) -> &Metadata {
        &self.metadata
    }
}

impl fmt::Debug for Replied {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Replied")
            .field("message_id", &self.message.id)
            .field("details", &self.details)
            .field("metadata", &self.metadata)
            .finish_non_exhaustive()
    }
}
