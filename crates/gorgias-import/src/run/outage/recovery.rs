//! Waiting until the service can be read again.

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use gorgias::pacer::Lane;
use gorgias::{Error, RetryPolicy, Tickets};

use crate::meter::Meter;
use crate::run::judge::may_pass;
use crate::run::patience::Patience;

/// How long a service is waited for that hasn't answered anything in this run.
/// A wrong address doesn't become a right one.
const FIRST_CONTACT: Duration = Duration::from_secs(10);

/// Waits until a read works. Ends with what is left of the patience, or with
/// the error of the last read.
pub(super) type Recovery = Pin<Box<dyn Future<Output = Result<Patience, Lost>> + Send>>;

/// Why the service isn't waited for any longer.
#[derive(Debug)]
pub(in crate::run) enum Lost {
    /// It refuses to be read, which waiting doesn't change.
    Refused(Error),
    /// It never answered in this run.
    NeverReached(Error),
    /// The patience is used up.
    OutOfPatience(Error),
}

/// Reads the list with growing pauses. The read is harmless, and a page of one
/// ticket is the smallest that shows whether the service answers with a list.
pub(super) fn recovery(
    tickets: Tickets,
    meter: Arc<Meter>,
    mut patience: Patience,
    first: Error,
) -> Recovery {
    Box::pin(async move {
        let mut error = first;
        loop {
            if !meter.was_answered() && patience.elapsed() >= FIRST_CONTACT {
                return Err(Lost::NeverReached(error));
            }
            if !patience.wait(error.retry_after()).await {
                return Err(Lost::OutOfPatience(error));
            }
            match read(&tickets).await {
                Ok(()) => return Ok(patience),
                Err(failure) if may_pass(&failure) => error = failure,
                Err(refusal) => return Err(Lost::Refused(refusal)),
            }
        }
    })
}

/// Reads a page of one ticket, once.
pub(in crate::run) async fn read(tickets: &Tickets) -> Result<(), Error> {
    let list = tickets.list().limit(1).lane(Lane::Bulk);
    list.retry(RetryPolicy::none()).page().await.map(drop)
}
