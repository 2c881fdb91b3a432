//! The results of calls that create a ticket.

use std::fmt;

use gorgias_api::types::Ticket;
use gorgias_runtime::{Metadata, Response};

/// A ticket that was created.
///
/// `Debug` shows the ticket's id and no personal data. `Debug` of the field `ticket`
/// shows everything.
#[derive(Clone)]
#[non_exhaustive]
pub struct Created {
    /// The ticket, from the service's answer.
    pub ticket: Ticket,
    metadata: Metadata,
    details: CreationDetails,
}

/// How a ticket or message was created, and how often it was sent and looked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct CreationDetails {
    pub(crate) how: How,
    pub(crate) attempts: u32,
    pub(crate) look_ups: u32,
    pub(crate) duplicates: Vec<i64>,
}

impl CreationDetails {
    /// The details of a creation that the service answered with this metadata.
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
    /// The service answered this call with the ticket.
    #[default]
    Sent,
    /// The ticket existed before this call sent anything.
    FoundBefore,
    /// This call sent the ticket and got no usable answer, and then found it.
    FoundAfterAmbiguity,
}

impl Created {
    pub(crate) fn new(answer: Response<Ticket>, details: CreationDetails) -> Self {
        let (ticket, metadata) = answer.into_parts();
        Self {
            ticket,
            metadata,
            details,
        }
    }

    /// How it is known that the ticket was created. Always [`How::Sent`]
    /// after a plain [`create`](crate::Tickets::create).
    #[must_use]
    pub fn how(&self) -> How {
        self.details.how
    }

    /// The number of requests that this call sent to create the ticket. 0 if it
    /// existed before.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.details.attempts
    }

    /// How often this call looked for the ticket.
    #[must_use]
    pub fn look_ups(&self) -> u32 {
        self.details.look_ups
    }

    /// The ids of other tickets with the same external id. A person should look into
    /// them: another program created them, or a request was sent again although an
    /// earlier one was applied.
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

impl fmt::Debug for Created {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Created")
            .field("ticket_id", &self.ticket.id)
            .field("details", &self.details)
            .field("metadata", &self.metadata)
            .finish_non_exhaustive()
    }
}
