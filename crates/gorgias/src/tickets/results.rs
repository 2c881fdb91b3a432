//! What calls return.

use std::fmt;

use gorgias_api::types::Ticket;
use gorgias_runtime::{Metadata, Response};

/// A ticket that was created.
///
/// `Debug` shows the ticket's id and no personal data; the ticket itself
/// shows everything.
#[derive(Clone)]
#[non_exhaustive]
pub struct Created {
    /// The ticket as the service answered it.
    pub ticket: Ticket,
    metadata: Metadata,
    story: Story,
}

/// How a ticket came to be.
#[derive(Clone, Debug, Default)]
pub(crate) struct Story {
    pub(crate) how: How,
    pub(crate) attempts: u32,
    pub(crate) look_ups: u32,
    pub(crate) duplicates: Vec<i64>,
}

impl Story {
    /// That of something that was sent, and answered with this metadata.
    pub(crate) fn sent(metadata: &Metadata) -> Self {
        Self {
            attempts: metadata.attempts(),
            ..Self::default()
        }
    }
}

/// How it is known that a ticket was created.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum How {
    /// The service answered this call with it.
    #[default]
    Sent,
    /// It was there before this call sent anything.
    FoundBefore,
    /// This call sent it and got no usable answer, and then found it.
    FoundAfterAmbiguity,
}

impl Created {
    pub(crate) fn new(answer: Response<Ticket>, story: Story) -> Self {
        let (ticket, metadata) = answer.into_parts();
        Self {
            ticket,
            metadata,
            story,
        }
    }

    /// How it is known that the ticket was created. Always [`How::Sent`]
    /// after a plain [`create`](crate::Tickets::create).
    #[must_use]
    pub fn how(&self) -> How {
        self.story.how
    }

    /// The requests to create it that this call sent. 0 if it was there
    /// before.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.story.attempts
    }

    /// How often this call looked for it.
    #[must_use]
    pub fn look_ups(&self) -> u32 {
        self.story.look_ups
    }

    /// Other tickets with the same external id, which is for a person to look
    /// into. They were made by someone else, or by sending again what was
    /// not to be sent again.
    #[must_use]
    pub fn duplicates(&self) -> &[i64] {
        &self.story.duplicates
    }

    /// What came with the ticket: status, headers, request id, rate limit,
    /// attempts and the body as it was received.
    #[must_use]
    pub fn metadata(&self) -> &Metadata {
        &self.metadata
    }
}

impl fmt::Debug for Created {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Created")
            .field("ticket_id", &self.ticket.id)
            .field("story", &self.story)
            .field("metadata", &self.metadata)
            .finish_non_exhaustive()
    }
}
