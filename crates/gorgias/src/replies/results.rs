//! What calls return.

use std::fmt;

use gorgias_api::types::TicketMessage;
use gorgias_runtime::{Metadata, Response};

use crate::tickets::{How, Story};

/// A message that was added to a ticket.
///
/// `Debug` shows the message's id and no personal data; the message itself
/// shows everything.
#[derive(Clone)]
#[non_exhaustive]
pub struct Replied {
    /// The message as the service answered it.
    pub message: TicketMessage,
    metadata: Metadata,
    story: Story,
}

impl Replied {
    pub(crate) fn new(answer: Response<TicketMessage>, story: Story) -> Self {
        let (message, metadata) = answer.into_parts();
        Self {
            message,
            metadata,
            story,
        }
    }

    /// How it is known that the message was added. Always [`How::Sent`] after a
    /// plain [`reply`](crate::Tickets::reply).
    #[must_use]
    pub fn how(&self) -> How {
        self.story.how
    }

    /// The requests to add it that this call sent. 0 if it was there before.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.story.attempts
    }

    /// How often this call looked for it.
    #[must_use]
    pub fn look_ups(&self) -> u32 {
        self.story.look_ups
    }

    /// Other messages of the ticket with the same external id, which is for a
    /// person to look into. They were added by someone else, or by sending again
    /// what was not to be sent again.
    #[must_use]
    pub fn duplicates(&self) -> &[i64] {
        &self.story.duplicates
    }

    /// What came with the message: status, headers, request id, rate limit,
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
            .field("story", &self.story)
            .field("metadata", &self.metadata)
            .finish_non_exhaustive()
    }
}
