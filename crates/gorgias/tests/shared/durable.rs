//! A journal for tests of what happens between two processes.

use std::future::ready;
use std::sync::Arc;
use std::time::Duration;

use gorgias::ExternalId;
use gorgias::journal::{
    BodyHash, Claim, ClaimId, ClaimOutcome, Hold, Journal, JournalError, JournalFuture,
    MemoryJournal, Stage,
};

/// A journal that outlives the process, or fails.
#[derive(Debug, Default)]
pub struct Durable {
    pub journal: Arc<MemoryJournal>,
    /// Whether claiming a key fails.
    pub claims_fail: bool,
    /// Whether recording an outcome fails.
    pub records_fail: bool,
    /// Whether the process crashes, which leaves no time to give up a claim.
    pub crashes: bool,
}

fn failure<'a, T: Send + 'a>() -> JournalFuture<'a, T> {
    Box::pin(ready(Err(JournalError::new("disk full"))))
}

impl Journal for Durable {
    fn bind<'a>(&'a self, helpdesk: &'a str) -> JournalFuture<'a, ()> {
        self.journal.bind(helpdesk)
    }

    fn claim<'a>(
        &'a self,
        id: &'a ExternalId,
        body: BodyHash,
        lease: Duration,
        expired: Option<Hold>,
    ) -> JournalFuture<'a, Claim> {
        match self.claims_fail {
            true => failure(),
            false => self.journal.claim(id, body, lease, expired),
        }
    }

    fn body<'a>(&'a self, id: &'a ExternalId) -> JournalFuture<'a, Option<BodyHash>> {
        self.journal.body(id)
    }

    fn renew<'a>(
        &'a self,
        id: &'a ExternalId,
        claim: ClaimId,
        stage: Stage,
        lease: Duration,
    ) -> JournalFuture<'a, bool> {
        self.journal.renew(id, claim, stage, lease)
    }

    fn record<'a>(
        &'a self,
        id: &'a ExternalId,
        claim: ClaimId,
        outcome: ClaimOutcome,
    ) -> JournalFuture<'a, ()> {
        match self.records_fail {
            true => failure(),
            false => self.journal.record(id, claim, outcome),
        }
    }

    fn abandon(&self, id: &ExternalId, claim: ClaimId, may_be_out: bool) {
        if !self.crashes {
            self.journal.abandon(id, claim, may_be_out);
        }
    }

    fn is_durable(&self) -> bool {
        true
    }
}
