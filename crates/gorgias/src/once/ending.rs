//! Ends a call that creates a ticket or a reply once: records the outcome in the
//! journal, and creates the result or the error.

use gorgias_runtime::{Delivery, Error, ErrorKind, InDoubt, Response};
use tokio::time::Instant;

use super::HeldClaim;
use super::claim_key::Before;
use super::resource::Resource;
use super::run::Run;
use crate::creation::Answer as _;
use crate::evidence::Found;
use crate::journal::{ClaimOutcome, JournalError, Left};
use crate::tickets::How;

impl<R: Resource> Run<'_, R> {
    /// Records the resource that the service answered with, and returns it.
    pub(super) async fn sent(
        self,
        claim: HeldClaim<'_, R>,
        answer: Response<R::Answer>,
    ) -> Result<R::Created, Error> {
        let id = answer.id();
        match claim.record(ClaimOutcome::Done { resource_id: id }).await {
            Ok(()) => Ok(R::created(answer, self.details)),
            Err(failure) => Err(self.unrecorded(failure, id)),
        }
    }

    /// Records the resource that a look-up found, and reads it.
    pub(super) async fn finish(
        self,
        claim: HeldClaim<'_, R>,
        found: Found,
        how: How,
    ) -> Result<R::Created, Error> {
        let id = found.id;
        let written = claim.record(ClaimOutcome::Done { resource_id: id }).await;
        written.map_err(|failure| self.unrecorded(failure, id))?;
        self.found(found, how).await
    }

    /// Returns the error for a resource that exists, but that the journal could not
    /// record.
    fn unrecorded(&self, failure: JournalError, id: i64) -> Error {
        let error = Error::journal(failure).applied(id);
        error.after_attempts(self.details.attempts)
    }

    /// Reads the resource that a look-up found.
    pub(super) async fn found(mut self, found: Found, how: How) -> Result<R::Created, Error> {
        self.details.duplicates = found.duplicates;
        self.details.how = how;
        let end = Some(self.limit.end());
        self.read(found.id, end).await
    }

    /// Reads the resource whose id the journal has already.
    pub(super) async fn known(mut self, id: i64) -> Result<R::Created, Error> {
        self.details.how = How::FoundBefore;
        let end = self.limit.strict_end();
        self.read(id, end).await
    }

    /// Reads the resource, which is known to exist. An error says how many requests
    /// this call sent to create the resource.
    async fn read(self, id: i64, part_until: Option<Instant>) -> Result<R::Created, Error> {
        match self.resource.fetch(id, self.part_until(part_until)).await {
            Ok(answer) => Ok(R::created(answer, self.details)),
            Err(error) => Err(error.applied(id).after_attempts(self.details.attempts)),
        }
    }

    /// Records that the resource is in doubt, or that it exists under an unknown id,
    /// and returns the error for that.
    pub(super) async fn give_up(&self, claim: HeldClaim<'_, R>, error: Error) -> Error {
        let outcome = match error.delivery() {
            Delivery::Applied => ClaimOutcome::Applied,
            _ => ClaimOutcome::InDoubt,
        };
        // If this fails, the intent stays, and the next call looks for the resource.
        let _: Result<(), _> = claim.record(outcome).await;
        if error.kind() == ErrorKind::Mismatch {
            return error;
        }
        self.in_doubt(Some(error))
    }

    /// Gives the claim up, and returns the error for a resource that may exist. The
    /// intent stays as it was.
    pub(super) fn leave(
        &self,
        claim: HeldClaim<'_, R>,
        before: Before,
        failure: Option<Error>,
    ) -> Error {
        claim.leave();
        let error = self.in_doubt(None).after_look_up(failure);
        match before.left {
            Left::Applied => error.with_delivery(Delivery::Applied),
            _ => error,
        }
    }

    /// Returns the error for a resource in doubt. `error` is the failure of the
    /// request, if this call sent it.
    pub(super) fn in_doubt(&self, error: Option<Error>) -> Error {
        let doubt = InDoubt::new(
            self.resource.id().clone(),
            self.sent_at,
            self.details.look_ups,
        );
        Error::unsettled(error, doubt).after_attempts(self.details.attempts)
    }
}
