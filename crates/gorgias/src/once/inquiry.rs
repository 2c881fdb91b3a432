//! Finds out whether a ticket or a reply exists, without sending it.

use std::time::Duration;

use gorgias_runtime::Error;

use super::run::{Run, done};
use super::settle::Verdict;
use super::subject::{Made, Subject};
use super::take::{Taken, take};
use super::{Claimed, Resend};
use crate::evidence::Found;
use crate::journal::{ClaimOutcome, Left, Stage};
use crate::tickets::{Created, How};

/// Whether a ticket that was to be created exists. For a reply, `T` is
/// [`Replied`](crate::Replied).
#[derive(Debug)]
#[non_exhaustive]
pub enum Settled<T = Created> {
    /// The ticket exists, and the journal has recorded that.
    Found(Box<T>),
    /// The service proved over the settle time that the ticket doesn't exist. Its
    /// key in the journal is free, so the next call that creates the ticket sends
    /// it.
    Freed,
    /// The service proved over the settle time that the ticket doesn't exist. The
    /// journal has no request for it.
    Absent,
}

impl<T> Settled<T> {
    /// Converts what was found.
    pub(super) fn map<U>(self, of: impl FnOnce(T) -> U) -> Settled<U> {
        match self {
            Self::Found(found) => Settled::Found(Box::new(of(*found))),
            Self::Freed => Settled::Freed,
            Self::Absent => Settled::Absent,
        }
    }
}

type Outcomes<S> = Settled<Made<<S as Subject>::Answer>>;

/// The calls that create nothing.
impl<S: Subject> Run<'_, S, ()> {
    /// Finds out whether the subject exists.
    pub(super) async fn inquire(mut self) -> Result<Outcomes<S>, Error> {
        let (client, key) = (self.subject.client(), self.subject.key());
        client.bind_journal().await?;
        let body = client.shared().journal.body(key).await;
        let Some(body) = body.map_err(Error::journal)? else {
            return self.of_unknown().await;
        };
        let (claimed, before) = match take(client, key, S::OPERATION, body, &self.limit).await? {
            Taken::Inherited(claimed, before) => (claimed, before),
            Taken::Done { id } => return self.found(Found::alone(id)).await,
            // No request was ever sent for this key.
            Taken::New(claimed) | Taken::Unsent(claimed) => {
                let forgotten = claimed.record(ClaimOutcome::NotApplied).await;
                forgotten.map_err(Error::journal)?;
                return self.of_unknown().await;
            }
            Taken::OtherBody => return Err(Error::key_reused()),
        };
        self.limit.extend(before.may_run);
        let needed = match self.policy.resend {
            Resend::AfterQuiet(_) => self.policy.proof_before_resending(before, self.limit.end()),
            Resend::Never | Resend::Interrupted => None,
        };
        let (verdict, failure) = self.look(Some(&claimed), needed).await;
        match verdict {
            Verdict::Found(found) => {
                let written = claimed.record(done(found.id)).await;
                written.map_err(|failure| Error::journal(failure).applied(found.id))?;
                self.found(found).await
            }
            Verdict::Absent if needed.is_some() => {
                let written = claimed.record(ClaimOutcome::Freed).await;
                written.map_err(Error::journal)?;
                Ok(Settled::Freed)
            }
            Verdict::Absent | Verdict::OutOfTime => {
                claimed.leave();
                let error = self.in_doubt(None).after_look_up(failure);
                Err(match before.left {
                    Left::Applied => error.exists(),
                    _ => error,
                })
            }
        }
    }

    /// Looks for a subject whose key the journal doesn't have.
    async fn of_unknown(mut self) -> Result<Outcomes<S>, Error> {
        match self.look(None, None).await {
            (Verdict::Found(found), _) => self.found(found).await,
            (Verdict::Absent, _) => Ok(Settled::Absent),
            (Verdict::OutOfTime, failure) => Err(self.in_doubt(None).after_look_up(failure)),
        }
    }

    /// Looks for as long as is needed, which is the settle time by default. Also
    /// returns the error of the last look-up, if it failed.
    async fn look(
        &mut self,
        claimed: Option<&Claimed>,
        needed: Option<Duration>,
    ) -> (Verdict, Option<Error>) {
        let needed = needed.unwrap_or_else(|| self.policy.settle_time());
        let mut search = self.search(claimed, Stage::Looking);
        let verdict = search.until_quiet(Duration::ZERO, needed).await;
        let (look_ups, failure) = (search.look_ups, search.failure.take());
        self.details.look_ups = look_ups;
        (verdict, failure)
    }

    async fn found(mut self, found: Found) -> Result<Outcomes<S>, Error> {
        self.details.how = How::FoundBefore;
        self.details.duplicates = found.duplicates;
        let end = Some(self.limit.end());
        Ok(Settled::Found(Box::new(self.fetch(found.id, end).await?)))
    }
}
