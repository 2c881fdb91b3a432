//! The result of a look-up.

use crate::evidence::{Evidence, Found, NoEvidence};

/// Whether a ticket with an external id exists, from
/// [`Tickets::look_up`](crate::Tickets::look_up).
#[derive(Debug)]
#[non_exhaustive]
pub enum LookUp {
    /// A ticket has the external id.
    Found {
        /// The id of the ticket. If several tickets have the external id, it is the
        /// lowest id, that of the ticket that was created first.
        ticket_id: i64,
        /// The ids of the other tickets, in order. A person should look into them.
        duplicates: Vec<i64>,
    },
    /// The service's list has no ticket with the external id, and the answer was
    /// complete.
    ///
    /// Even so, a ticket that was created a moment ago may be missing from the list.
    ProvenAbsent,
    /// The service's answers prove neither. The ticket may exist.
    NoEvidence(NoEvidence),
}

impl From<Evidence> for LookUp {
    fn from(evidence: Evidence) -> Self {
        match evidence {
            Evidence::Found(Found { id, duplicates }) => Self::Found {
                ticket_id: id,
                duplicates,
            },
            Evidence::ProvenAbsent => Self::ProvenAbsent,
            Evidence::None(none) => Self::NoEvidence(none),
        }
    }
}
