//! Looks up whether a line has a ticket, before the line is sent.

use gorgias::{ExternalId, LookUp};
use tokio::time::Instant;

use crate::halted::Reason;
use crate::run::reads::Reads;

/// Whether a line has a ticket.
#[derive(Debug)]
pub(in crate::run) enum Existence {
    /// The line has a ticket. `others` are further tickets of its external id.
    Ticket { ticket_id: i64, others: Vec<i64> },
    /// The line had no ticket at this time. `None` for a line that isn't in the sample, so
    /// that the service wasn't asked.
    Absent(Option<Instant>),
    /// The answers prove nothing, although the service works. The text says why.
    NoEvidence(String),
}

/// Looks a line up. Repeats the look-up with growing pauses if the service doesn't work, and
/// with `insist` also if the answers prove nothing. With `whole_list`, a list that the
/// service can't filter is read to its end.
pub(in crate::run) async fn look_up(
    reads: &Reads,
    id: &ExternalId,
    insist: bool,
    whole_list: bool,
) -> Result<Existence, Reason> {
    let mut backoff = reads.backoff();
    loop {
        let asked_at = Instant::now();
        let reason = match reads.look_up(id, whole_list).await? {
            LookUp::Found {
                ticket_id,
                duplicates,
            } => {
                return Ok(Existence::Ticket {
                    ticket_id,
                    others: duplicates,
                });
            }
            LookUp::ProvenAbsent => return Ok(Existence::Absent(Some(asked_at))),
            LookUp::NoEvidence(reason) => reason.to_string(),
            _ => "the look-up proves nothing".to_owned(),
        };
        // A look-up may also prove nothing because the service doesn't work. A read then fails
        // too.
        let works = reads.probe().await.is_ok();
        if works && !insist || !backoff.wait(None).await {
            return Ok(Existence::NoEvidence(reason));
        }
    }
}
