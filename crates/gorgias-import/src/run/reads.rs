//! Reads from the service, and repeats a read until the service works.

use std::sync::Arc;
use std::time::Duration;

use gorgias::pacer::Lane;
use gorgias::{Error, ExternalId, KeyPage, LookUp, RetryPolicy, Tickets};
use tokio::sync::mpsc::UnboundedSender;

use super::backoff::Backoff;
use super::judge::may_pass;
use crate::halted::Reason;
use crate::meter::Meter;
use crate::notice::Notice;

/// The longest wait for a service that has not answered anything in this run. Its address
/// is probably wrong.
const FIRST_CONTACT: Duration = Duration::from_secs(10);

/// A client for reads.
#[derive(Clone, Debug)]
pub(super) struct Reads {
    pub(super) tickets: Tickets,
    pub(super) meter: Arc<Meter>,
    /// The longest time for repeating a read.
    pub(super) patience: Duration,
    /// Receives a notice when a read has to be repeated.
    pub(super) notices: UnboundedSender<Notice>,
}

impl Reads {
    pub(super) fn backoff(&self) -> Backoff {
        Backoff::new(self.patience)
    }

    /// Calls `read`, and repeats the call until it works. Reports the first failure as a
    /// notice.
    pub(super) async fn until_read<T, F, R>(&self, read: F) -> Result<T, Reason>
    where
        F: Fn() -> R,
        R: Future<Output = Result<T, Error>>,
    {
        let error = match read().await {
            Ok(read) => return Ok(read),
            Err(error) => error,
        };
        let mut backoff = self.backoff();
        let error = self.judge(&backoff, error)?;
        // After the end of the import nothing receives the notice.
        let _ = self.notices.send(Notice::unreadable(&error, self.patience));
        self.repeat(&mut backoff, error, read).await
    }

    /// Repeats a read with growing pauses until it works. `error` is the last failure.
    pub(super) async fn repeat<T, F, R>(
        &self,
        backoff: &mut Backoff,
        mut error: Error,
        read: F,
    ) -> Result<T, Reason>
    where
        F: Fn() -> R,
        R: Future<Output = Result<T, Error>>,
    {
        while backoff.wait(error.retry_after()).await {
            match read().await {
                Ok(read) => return Ok(read),
                Err(failure) => error = self.judge(backoff, failure)?,
            }
        }
        Err(Reason::Outage(error))
    }

    /// Returns the error of a failed read if the read is to be repeated. Otherwise returns
    /// the reason to end: the service refuses the read, or was never reached in this run.
    fn judge(&self, backoff: &Backoff, error: Error) -> Result<Error, Reason> {
        if !may_pass(&error) {
            Err(Reason::Client(error))
        } else if !self.meter.was_answered() && backoff.elapsed() >= FIRST_CONTACT {
            Err(Reason::NeverReached(error))
        } else {
            Ok(error)
        }
    }

    /// Looks up whether a ticket with an external id exists. With `whole_list`, a list that
    /// the service can't filter is read to its end.
    pub(super) async fn look_up(
        &self,
        id: &ExternalId,
        whole_list: bool,
    ) -> Result<LookUp, Reason> {
        let look_up = || {
            let call = self.tickets.look_up(id).read_whole_list(whole_list);
            call.with_lane(Lane::Bulk).into_future()
        };
        self.until_read(look_up).await
    }

    /// Reads a page of one ticket, without retries. It is the smallest read that shows
    /// whether the service answers with a list.
    pub(super) async fn probe(&self) -> Result<(), Error> {
        let list = self.tickets.list().limit(1).with_lane(Lane::Bulk);
        let page = KeyPage::read(list.with_retry(RetryPolicy::none()));
        page.await.map(drop)
    }
}
