//! A claim in the journal, held for one call.

use std::time::Duration;

use gorgias_runtime::Error;
use gorgias_runtime::support::{Hook, HookFuture, trace};

use super::resource::Resource;
use crate::journal::{BodyHash, ClaimId, ClaimOutcome, Journal, JournalError, Stage};

/// The most that is added to the lease of a claim, beyond the time that its
/// request may take: clocks may differ, and writes take time.
const SLACK: Duration = Duration::from_secs(5);

/// A claim of the key of a resource. When it is dropped without an outcome, it is
/// given up, and the journal records whether a request may have been sent.
pub(super) struct HeldClaim<'a, R: Resource> {
    resource: &'a R,
    claim: ClaimId,
    /// The body of the request.
    body: BodyHash,
    /// Whether a request may have been sent under an earlier claim of the key.
    inherited: bool,
    /// Whether a request may have been sent, under this claim or an earlier one.
    may_be_out: bool,
    /// Whether the outcome was recorded, or the claim was given up.
    ended: bool,
}

/// Returns the lease for an action that takes this long.
pub(super) fn lease(time: Duration) -> Duration {
    time.saturating_add(time.min(SLACK))
}

impl<'a, R: Resource> HeldClaim<'a, R> {
    /// Creates the claim of a key for which no request was sent before.
    /// [`inherited`](Self::inherited) marks the claim of another key. In the journal
    /// the claim has the lease of one attempt.
    pub(super) fn new(resource: &'a R, claim: ClaimId, body: BodyHash) -> Self {
        Self {
            resource,
            claim,
            body,
            inherited: false,
            may_be_out: false,
            ended: false,
        }
    }

    fn journal(&self) -> &dyn Journal {
        &*self.resource.client().shared().journal
    }

    fn attempt_timeout(&self) -> Duration {
        self.resource.client().connection().attempt_timeout()
    }

    /// Marks the claim as that of a key under which a request may have been sent
    /// before.
    pub(super) fn inherited(mut self) -> Self {
        self.inherited = true;
        self.may_be_out = true;
        self
    }

    /// Records that an attempt starts now. Fails if another claim has taken the
    /// key over. From here on a request may have been sent.
    async fn cover_attempt(&mut self) -> Result<(), Error> {
        let sending = Stage::Sending(self.body);
        self.renew(sending, self.attempt_timeout()).await?;
        self.may_be_out = true;
        Ok(())
    }

    /// Renews the claim for a wait and the look-up after it. If another claim has
    /// taken the key over, the look-up does no harm. `cover_attempt` fails in that
    /// case, so nothing is sent.
    pub(super) async fn cover_look_up(&self, stage: Stage, wait: Duration) {
        let time = wait.saturating_add(self.attempt_timeout());
        let _: Result<(), _> = self.renew(stage, time).await;
    }

    async fn renew(&self, stage: Stage, time: Duration) -> Result<(), Error> {
        let key = self.resource.key();
        let renewal = self.journal().renew(key, self.claim, stage, lease(time));
        match renewal.await {
            Ok(true) => Ok(()),
            Ok(false) => Err(Error::key_held()),
            Err(failure) => Err(Error::journal(failure)),
        }
    }

    /// Gives the claim up without an outcome. The caller reports what is known.
    pub(super) fn leave(mut self) {
        self.abandon();
    }

    fn abandon(&mut self) {
        self.ended = true;
        self.journal()
            .abandon(self.resource.key(), self.claim, self.may_be_out);
    }

    /// Records the outcome of the claim.
    pub(super) async fn record(mut self, outcome: ClaimOutcome) -> Result<(), JournalError> {
        let key = self.resource.key();
        let written = self.journal().record(key, self.claim, outcome).await;
        // If the write failed, the intent stays. That is correct, because the key can
        // be claimed when the lease ends.
        self.ended = true;
        written
    }
}

impl<R: Resource> Hook for HeldClaim<'_, R> {
    fn start_attempt(&mut self) -> HookFuture<'_> {
        Box::pin(self.cover_attempt())
    }

    fn attempt_failed(&mut self) {
        self.may_be_out = self.inherited;
    }
}

impl<R: Resource> Drop for HeldClaim<'_, R> {
    fn drop(&mut self) {
        if !self.ended {
            self.abandon();
            if self.may_be_out {
                trace::left_in_doubt(R::OPERATION);
            }
        }
    }
}
