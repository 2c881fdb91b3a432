//! Finds out whether a ticket or a reply exists, without sending it.

use std::time::Duration;

use gorgias_runtime::Error;

use super::Resend;
use super::claim_key::{KeyClaim, claim_key};
use super::resource::{Resource, Verdict};
use super::run::Run;
use crate::journal::ClaimOutcome;
use crate::tickets::{Created, How};

/// Whether a ticket that was to be created exists. For a reply, `T` is
/// [`Replied`](crate::Replied).
#[derive(Debug)]
#[non_exhaustive]
pub enum Settled<T = Created> {
    /// The ticket exists. If the journal had the external id, it has recorded that.
    Found(Box<T>),
    /// The service proved over the settle time that the ticket doesn't exist. Its
    /// key in the journal is free, so the next call that creates the ticket sends
    /// it.
    Freed,
    /// The service proved over the settle time that the ticket doesn't exist. The
    /// journal has no record of a request for it.
    Absent,
}

impl<R: Resource> Run<'_, R> {
    /// Finds out whether the resource exists.
    pub(super) async fn inquire(mut self) -> Result<Settled<R::Created>, Error> {
        let client = self.resource.client();
        client.bind_journal().await?;
        let body = client.shared().journal.body(self.resource.key()).await;
        let Some(body) = body.map_err(Error::journal)? else {
            return self.of_unknown().await;
        };
        let (claim, before) = match claim_key(self.resource, body, &self.limit).await? {
            KeyClaim::Inherited(claim, before) => (claim, before),
            KeyClaim::Done { id } => return self.known(id).await.map(found),
            // No request was ever sent for this key.
            KeyClaim::New(claim) | KeyClaim::Unsent(claim) => {
                let forgotten = claim.record(ClaimOutcome::NotApplied).await;
                forgotten.map_err(Error::journal)?;
                return self.of_unknown().await;
            }
            KeyClaim::OtherBody => return Err(Error::key_reused()),
        };
        self.limit.extend(before.may_run);
        let needed = match self.policy.resend {
            Resend::AfterQuiet(_) => self.policy.proof_before_resending(before, self.limit.end()),
            Resend::Never | Resend::Interrupted => None,
        };
        let least = needed.unwrap_or_else(|| self.policy.settle_time());
        let (verdict, failure) = self
            .look_until_quiet(Some(&claim), Duration::ZERO, least)
            .await;
        match verdict {
            Verdict::Found(it) => self.finish(claim, it, How::FoundBefore).await.map(found),
            Verdict::Absent if needed.is_some() => {
                let written = claim.record(ClaimOutcome::Freed).await;
                written.map_err(Error::journal)?;
                Ok(Settled::Freed)
            }
            Verdict::Absent | Verdict::OutOfTime => Err(self.leave(claim, before, failure)),
        }
    }

    /// Looks for a resource whose key the journal doesn't have.
    async fn of_unknown(mut self) -> Result<Settled<R::Created>, Error> {
        let settle_time = self.policy.settle_time();
        let look = self.look_until_quiet(None, Duration::ZERO, settle_time);
        match look.await {
            (Verdict::Found(it), _) => self.found(it, How::FoundBefore).await.map(found),
            (Verdict::Absent, _) => Ok(Settled::Absent),
            (Verdict::OutOfTime, failure) => Err(self.in_doubt(None).after_look_up(failure)),
        }
    }
}

fn found<T>(created: T) -> Settled<T> {
    Settled::Found(Box::new(created))
}
