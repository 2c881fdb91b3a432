//! The interface by which `create_once` and `reply_once` use the journal.

use std::time::Duration;

use gorgias::ExternalId;
use gorgias::journal::{
    BodyHash, Claim, ClaimId, ClaimOutcome, Hold, Journal, JournalError, JournalFuture, Stage,
};

use super::SqliteJournal;
use crate::queries::Queries;

impl Journal for SqliteJournal {
    fn bind<'a>(&'a self, helpdesk: &'a str) -> JournalFuture<'a, ()> {
        let name = helpdesk.to_owned();
        Box::pin(async move {
            let bound = self.writer.ask(move |queries| queries.bind(&name)).await?;
            if bound == helpdesk {
                Ok(())
            } else {
                Err(JournalError::of_another(&bound))
            }
        })
    }

    fn claim<'a>(
        &'a self,
        id: &'a ExternalId,
        body: BodyHash,
        lease: Duration,
        expired: Option<Hold>,
    ) -> JournalFuture<'a, Claim> {
        let id = id.clone();
        let job = move |queries: &Queries<'_>| queries.claim(&id, body, lease, expired);
        Box::pin(self.writer.ask(job))
    }

    fn body<'a>(&'a self, id: &'a ExternalId) -> JournalFuture<'a, Option<BodyHash>> {
        Box::pin(async move { Ok(self.entry(id).await?.map(|entry| entry.body)) })
    }

    fn renew<'a>(
        &'a self,
        id: &'a ExternalId,
        claim: ClaimId,
        stage: Stage,
        lease: Duration,
    ) -> JournalFuture<'a, bool> {
        let id = id.clone();
        Box::pin(
            self.writer
                .ask(move |queries| queries.renew(&id, claim, stage, lease)),
        )
    }

    fn record<'a>(
        &'a self,
        id: &'a ExternalId,
        claim: ClaimId,
        outcome: ClaimOutcome,
    ) -> JournalFuture<'a, ()> {
        let id = id.clone();
        Box::pin(
            self.writer
                .ask(move |queries| queries.record(&id, claim, outcome)),
        )
    }

    fn abandon(&self, id: &ExternalId, claim: ClaimId, may_be_out: bool) {
        let id = id.clone();
        // If the write fails, the claim ends with its lease.
        drop(self.writer.submit(move |queries| {
            if may_be_out {
                queries.release(&id, claim)
            } else {
                queries.record(&id, claim, ClaimOutcome::NotApplied)
            }
        }));
    }

    fn is_durable(&self) -> bool {
        true
    }
}
