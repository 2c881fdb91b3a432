//! Looks a line up before it is sent.

use gorgias::pacer::Lane;
use gorgias::{ExternalId, LookUp};
use tokio::time::Instant;

use crate::halted::Reason;
use crate::run::reads::Reads;

/// The result of a look-up.
#[derive(Debug)]
pub(in crate::run) enum LookUpResult {
    /// The line has a ticket, and maybe others with the same id.
    Ticket { ticket_id: i64, others: Vec<i64> },
    /// The line had no ticket at this time. None for a line that isn't looked
    /// up, as only a sample is.
    Absent(Option<Instant>),
    /// The answers prove nothing, although the service works. The text says
    /// why.
    NoEvidence(String),
}

/// Looks a line up. Repeats it with growing pauses if the service doesn't work,
/// and with `insist` also if its answers prove nothing. With `whole_list` it reads
/// the list to its end if the service can't filter it.
pub(in crate::run) async fn look_up(
    reads: &Reads,
    id: &ExternalId,
    insist: bool,
    whole_list: bool,
) -> Result<LookUpResult, Reason> {
    let mut backoff = reads.backoff();
    loop {
        let asked = Instant::now();
        let call = || {
            let call = reads.tickets.look_up(id).read_whole_list(whole_list);
            call.with_lane(Lane::Bulk).into_future()
        };
        let reason = match reads.until_read(call).await? {
            LookUp::Found {
                ticket_id,
                duplicates,
            } => {
                return Ok(LookUpResult::Ticket {
                    ticket_id,
                    others: duplicates,
                });
            }
            LookUp::ProvenAbsent => return Ok(LookUpResult::Absent(Some(asked))),
            LookUp::NoEvidence(reason) => reason.to_string(),
            _ => "the look-up proves nothing".to_owned(),
        };
        // A service that doesn't work can't be read either.
        let works = reads.probe().await.is_ok();
        if works && !insist || !backoff.wait(None).await {
            return Ok(LookUpResult::NoEvidence(reason));
        }
    }
}
