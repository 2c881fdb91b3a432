//! A claim in the journal, held for one call.

use std::sync::Arc;
use std::time::Duration;

use gorgias_runtime::support::{Hook, HookFuture, Operation, trace};
use gorgias_runtime::{Error, ExternalId};

use crate::journal::{BodyHash, ClaimId, ClaimOutcome, Journal, JournalError, Stage};

/// The most that is added to the lease of a claim, beyond the time that its
/// request may take: clocks may differ, and writes take time.
const SLACK: Duration = Duration::from_secs(5);

/// A claim. When it is dropped without an outcome, it is given up, and the
/// journal records whether a request may have been sent.
pub(crate) struct Claimed {
    journal: Arc<dyn Journal>,
    key: ExternalId,
    claim: ClaimId,
    /// The operation that the claim is for.
    operation: &'static Operation,
    /// The body of the request.
    body: BodyHash,
    attempt_timeout: Duration,
    /// Whether a request may have been sent under an earlier claim of the key.
    inherited: bool,
    /// Whether a request may have been sent, under this claim or an earlier one.
    may_be_out: bool,
    settled: bool,
}

impl Claimed {
    /// Returns the lease for an action that takes this long.
    pub(crate) fn lease(time: Duration) -> Duration {
        time.saturating_add(time.min(SLACK))
    }

    /// Creates the claim of a key that was new. Its lease is that of one attempt.
    pub(crate) fn new(
        journal: Arc<dyn Journal>,
        key: ExternalId,
        claim: ClaimId,
        operation: &'static Operation,
        body: BodyHash,
        attempt_timeout: Duration,
    ) -> Self {
        Self {
            journal,
            key,
            claim,
            operation,
            body,
            attempt_timeout,
            inherited: false,
            may_be_out: false,
            settled: false,
        }
    }

    /// Marks the claim as that of a key under which a request may have been sent
    /// before.
    pub(crate) fn inherited(mut self) -> Self {
        self.inherited = true;
        self.may_be_out = true;
        self
    }

    /// Records that an attempt starts now. Fails if another claim has taken the
    /// key over. From here on a request may have been sent.
    async fn cover_attempt(&mut self) -> Result<(), Error> {
        let sending = Stage::Sending(self.body);
        self.renew(sending, self.attempt_timeout).await?;
        self.may_be_out = true;
        Ok(())
    }

    /// Renews the claim for a wait and the look-up after it. A claim that is lost
    /// does no harm here, because others may look too. `cover_attempt` fails
    /// before anything is sent under it.
    pub(crate) async fn cover_look_up(&self, stage: Stage, wait: Duration) {
        let time = wait.saturating_add(self.attempt_timeout);
        let _: Result<(), _> = self.renew(stage, time).await;
    }

    async fn renew(&self, stage: Stage, time: Duration) -> Result<(), Error> {
        let lease = Self::lease(time);
        let renewal = self.journal.renew(&self.key, self.claim, stage, lease);
        match renewal.await {
            Ok(true) => Ok(()),
            Ok(false) => Err(Error::key_held()),
            Err(failure) => Err(Error::journal(failure)),
        }
    }

    /// Gives the claim up without an outcome. The caller reports what is known.
    pub(crate) fn leave(mut self) {
        self.settled = true;
        self.journal.abandon(&self.key, self.claim, self.may_be_out);
    }

    /// Records the outcome of the claim.
    pub(crate) async fn record(mut self, outcome: ClaimOutcome) -> Result<(), JournalError> {
        let written = self.journal.record(&self.key, self.claim, outcome).await;
        // If the write failed, the intent stays. That is correct, because the key can
        // be claimed when the lease ends.
        self.settled = true;
        written
    }
}

impl Hook for Claimed {
    fn start_attempt(&mut self) -> HookFuture<'_> {
        Box::pin(self.cover_attempt())
    }

    fn attempt_failed(&mut self) {
        self.may_be_out = self.inherited;
    }
}

impl Drop for Claimed {
    fn drop(&mut self) {
        if !self.settled {
            self.journal.abandon(&self.key, self.claim, self.may_be_out);
            if self.may_be_out {
                trace::left_in_doubt(self.operation);
            }
        }
    }
}
