//! A claim in the journal, held for one call.

use std::sync::Arc;
use std::time::Duration;

use gorgias_runtime::support::{Hook, HookFuture, Operation, trace};
use gorgias_runtime::{Error, ExternalId};

use crate::journal::{BodyHash, ClaimId, Journal, JournalError, Outcome, Stage};

/// How much longer than what it is for a claim lasts at most, for clocks that
/// disagree and writes that take their time.
const SLACK: Duration = Duration::from_secs(5);

/// A claim. Dropped without an outcome, it is given up, and the journal is
/// told whether the request may be out.
pub(crate) struct Claimed {
    journal: Arc<dyn Journal>,
    key: ExternalId,
    claim: ClaimId,
    /// What is done under it.
    operation: &'static Operation,
    /// The body that is sent under it.
    body: BodyHash,
    attempt_timeout: Duration,
    /// Whoever had the key before may have sent something.
    inherited: bool,
    /// Something may have been sent, by this call or before.
    may_be_out: bool,
    settled: bool,
}

impl Claimed {
    /// The lease that covers something that takes so long.
    pub(crate) fn lease(time: Duration) -> Duration {
        time.saturating_add(time.min(SLACK))
    }

    /// Takes charge of a claim on a key that was new, with the lease of one
    /// attempt.
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

    /// The same of a key that somebody else left behind.
    pub(crate) fn inherited(mut self) -> Self {
        self.inherited = true;
        self.may_be_out = true;
        self
    }

    /// Writes down that an attempt starts now, and makes sure that nobody else
    /// has taken over the key. From here on the request may be out.
    async fn cover_attempt(&mut self) -> Result<(), Error> {
        let sending = Stage::Sending(self.body);
        self.renew(sending, self.attempt_timeout).await?;
        self.may_be_out = true;
        Ok(())
    }

    /// Makes sure that the claim covers a wait and a look-up after it. One
    /// that is lost lets others look too; who sends finds out before that.
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

    /// Gives it up without an outcome, for a caller who is told what is known.
    pub(crate) fn leave(mut self) {
        self.settled = true;
        self.journal.abandon(&self.key, self.claim, self.may_be_out);
    }

    /// Writes down what came of it.
    pub(crate) async fn record(mut self, outcome: Outcome) -> Result<(), JournalError> {
        let written = self.journal.record(&self.key, self.claim, outcome).await;
        // A write that failed leaves the intent behind, which says no more
        // than the truth, and can be claimed when its lease ends.
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
