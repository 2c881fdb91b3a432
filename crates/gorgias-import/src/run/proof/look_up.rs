//! Looking a line up before it is sent.

use gorgias::pacer::Lane;
use gorgias::{ExternalId, LookUp};
use tokio::time::Instant;

use crate::run::reads::{Lost, Reads};

/// What was found of a line.
#[derive(Debug)]
pub(in crate::run) enum Found {
    /// It has a ticket, and others with the same id.
    Ticket { ticket_id: i64, others: Vec<i64> },
    /// It has none. The answer is from this time.
    Absent(Instant),
    /// The answers prove nothing, although the service works.
    NoEvidence(String),
}

/// Looks a line up, and again with growing pauses when the service is out of
/// order. With `insist` also when its answers prove nothing, for as long.
pub(in crate::run) async fn look_up(
    reads: &Reads,
    id: &ExternalId,
    insist: bool,
) -> Result<Found, Lost> {
    look(reads, id, insist, false).await
}

/// The same for one of the few lines that are looked up a second time. The list
/// is walked for each when the service can't filter it.
pub(in crate::run) async fn look_up_later(reads: &Reads, id: &ExternalId) -> Result<Found, Lost> {
    look(reads, id, true, true).await
}

async fn look(reads: &Reads, id: &ExternalId, insist: bool, walk: bool) -> Result<Found, Lost> {
    let mut patience = reads.patience();
    loop {
        let asked = Instant::now();
        let call = || {
            let call = reads.tickets.look_up(id).walk(walk);
            call.lane(Lane::Bulk).into_future()
        };
        let reason = match reads.until_read(call).await? {
            LookUp::Found {
                ticket_id,
                duplicates,
            } => {
                return Ok(Found::Ticket {
                    ticket_id,
                    others: duplicates,
                });
            }
            LookUp::ProvenAbsent => return Ok(Found::Absent(asked)),
            LookUp::NoEvidence(reason) => reason.to_string(),
            _ => "the look-up proves nothing".to_owned(),
        };
        // A service that is out of order gives no list either.
        let works = reads.probe().await.is_ok();
        if works && !insist || !patience.wait(None).await {
            return Ok(Found::NoEvidence(reason));
        }
    }
}
