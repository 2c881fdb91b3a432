//! Reads that wait for a service that doesn't work.

use std::sync::Arc;
use std::time::Duration;

use gorgias::pacer::Lane;
use gorgias::{Error, RetryPolicy, Tickets};
use tokio::sync::mpsc::UnboundedSender;

use super::judge::may_pass;
use super::patience::Patience;
use crate::halted::Reason;
use crate::meter::Meter;
use crate::notice::Notice;

/// How long a service is waited for that has not answered anything in this run.
/// A wrong address doesn't become a right one.
const FIRST_CONTACT: Duration = Duration::from_secs(10);

/// What reads need: a client, and how long they may wait.
#[derive(Clone, Debug)]
pub(super) struct Reads {
    pub(super) tickets: Tickets,
    pub(super) meter: Arc<Meter>,
    pub(super) patience: Duration,
    /// Where it is told that something is waited for.
    pub(super) notices: UnboundedSender<Notice>,
}

/// Why the service isn't waited for any longer.
#[derive(Debug)]
pub(super) enum Lost {
    /// It refuses to be read, which waiting doesn't change.
    Refused(Error),
    /// It never answered in this run.
    NeverReached(Error),
    /// The patience is used up.
    OutOfPatience(Error),
}

impl Reads {
    pub(super) fn patience(&self) -> Patience {
        Patience::new(self.patience)
    }

    /// Repeats a read with growing pauses until it works.
    pub(super) async fn until_read<T, F, R>(&self, read: F) -> Result<T, Lost>
    where
        F: Fn() -> R,
        R: Future<Output = Result<T, Error>>,
    {
        let mut patience: Option<Patience> = None;
        loop {
            let error = match read().await {
                Ok(read) => return Ok(read),
                Err(error) => error,
            };
            let patience = patience.get_or_insert_with(|| self.tell_of_waiting(&error));
            self.pause(patience, error).await?;
        }
    }

    /// Says that the service is waited for from here on.
    pub(super) fn tell_of_waiting(&self, error: &Error) -> Patience {
        if may_pass(error) {
            // Nobody has to listen.
            let _ = self.notices.send(Notice::unreadable(error, self.patience));
        }
        self.patience()
    }

    /// Whether another read may fare better than the one that failed.
    pub(super) fn judge(&self, patience: &Patience, error: Error) -> Result<Error, Lost> {
        if !may_pass(&error) {
            Err(Lost::Refused(error))
        } else if !self.meter.was_answered() && patience.elapsed() >= FIRST_CONTACT {
            Err(Lost::NeverReached(error))
        } else {
            Ok(error)
        }
    }

    /// Pauses after a read that failed, unless another one would be in vain.
    pub(super) async fn pause(&self, patience: &mut Patience, error: Error) -> Result<(), Lost> {
        let error = self.judge(patience, error)?;
        if patience.wait(error.retry_after()).await {
            Ok(())
        } else {
            Err(Lost::OutOfPatience(error))
        }
    }

    /// Reads a page of one ticket, once: the smallest read that shows whether
    /// the service answers with a list.
    pub(super) async fn probe(&self) -> Result<(), Error> {
        let list = self.tickets.list().limit(1).lane(Lane::Bulk);
        list.retry(RetryPolicy::none()).keys().await.map(drop)
    }
}

impl From<Lost> for Reason {
    fn from(lost: Lost) -> Self {
        match lost {
            Lost::Refused(error) => Self::Client(error),
            Lost::NeverReached(error) => Self::NeverReached(error),
            Lost::OutOfPatience(error) => Self::Outage(error),
        }
    }
}
