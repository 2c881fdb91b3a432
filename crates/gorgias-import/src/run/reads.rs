//! Repeats reads until the service works.

use std::sync::Arc;
use std::time::Duration;

use gorgias::pacer::Lane;
use gorgias::{Error, KeyPage, RetryPolicy, Tickets};
use tokio::sync::mpsc::UnboundedSender;

use super::backoff::Backoff;
use super::judge::may_pass;
use crate::halted::Reason;
use crate::meter::Meter;
use crate::notice::Notice;

/// How long reads wait for a service that has not answered anything in this
/// run. Its address is probably wrong, which waiting doesn't change.
const FIRST_CONTACT: Duration = Duration::from_secs(10);

/// A client for reads, with the longest time to wait.
#[derive(Clone, Debug)]
pub(super) struct Reads {
    pub(super) tickets: Tickets,
    pub(super) meter: Arc<Meter>,
    pub(super) patience: Duration,
    /// Where a read reports that it waits.
    pub(super) notices: UnboundedSender<Notice>,
}

impl Reads {
    pub(super) fn backoff(&self) -> Backoff {
        Backoff::new(self.patience)
    }

    /// Repeats a read with growing pauses until it works, and reports that it waits.
    pub(super) async fn until_read<T, F, R>(&self, read: F) -> Result<T, Reason>
    where
        F: Fn() -> R,
        R: Future<Output = Result<T, Error>>,
    {
        let mut backoff: Option<Backoff> = None;
        loop {
            let error = match read().await {
                Ok(read) => return Ok(read),
                Err(error) => error,
            };
            let backoff = backoff.get_or_insert_with(|| {
                if may_pass(&error) {
                    // The import may have ended, so that nothing receives the notice.
                    let _ = self.notices.send(Notice::unreadable(&error, self.patience));
                }
                self.backoff()
            });
            let error = self.judge(backoff, error)?;
            if !backoff.wait(error.retry_after()).await {
                return Err(Reason::Outage(error));
            }
        }
    }

    /// Decides whether to repeat a failed read. Returns its error if so. If not,
    /// the service refuses it, or was never reached in this run.
    pub(super) fn judge(&self, backoff: &Backoff, error: Error) -> Result<Error, Reason> {
        if !may_pass(&error) {
            Err(Reason::Client(error))
        } else if !self.meter.was_answered() && backoff.elapsed() >= FIRST_CONTACT {
            Err(Reason::NeverReached(error))
        } else {
            Ok(error)
        }
    }

    /// Reads a page of one ticket, without retries. It is the smallest read
    /// that shows whether the service answers with a list.
    pub(super) async fn probe(&self) -> Result<(), Error> {
        let list = self.tickets.list().limit(1).with_lane(Lane::Bulk);
        let page = KeyPage::read(list.with_retry(RetryPolicy::none()));
        page.await.map(drop)
    }
}
