//! Looking for a ticket by its external id.

use gorgias_runtime::Error;
use gorgias_runtime::support::trace;

use crate::tickets::{LookUp, LookUpCall};

/// A ticket that has the id. Of several, the first that was created.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) ticket_id: i64,
    pub(crate) duplicates: Vec<i64>,
}

impl Found {
    /// One that is known to be the only one.
    pub(crate) fn alone(ticket_id: i64) -> Self {
        Self {
            ticket_id,
            duplicates: Vec::new(),
        }
    }
}

/// One look-up: a request of the same rate limit as any other, or several.
/// None when the service proved that there is no such ticket; an answer that
/// proves nothing is an error.
pub(crate) async fn look_up(call: LookUpCall) -> Result<Option<Found>, Error> {
    match call.await? {
        LookUp::Found {
            ticket_id,
            duplicates,
        } => {
            if !duplicates.is_empty() {
                trace::duplicates(ticket_id, &duplicates);
            }
            Ok(Some(Found {
                ticket_id,
                duplicates,
            }))
        }
        LookUp::ProvenAbsent => Ok(None),
        LookUp::NoEvidence(reason) => {
            let (error, reason) = reason.into_error();
            Err(Error::no_evidence(error, reason))
        }
    }
}
