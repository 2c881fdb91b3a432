//! Sending a request and judging the answer.

use bytes::Bytes;
use gorgias_api::support::transport::Deadline;
use http::{Request, Response};
use serde::de::DeserializeOwned;
use tokio::time::{Instant, sleep_until, timeout_at};

use super::TimeLimit;
use super::resend::cause;
use crate::client::Shared;
use crate::error::{Error, ErrorKind};
use crate::once::Claimed;
use crate::pacer::{Permit, Turn};
use crate::response::{Metadata, decode};
use crate::retry::{Backoff, Cause, RetryPolicy};
use crate::trace::{self, Attempt};
use crate::transport::pacer_outcome;

/// What a request does at the service, which decides when it may be sent
/// again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Nothing. It may be repeated freely.
    Read,
    /// Something, each time it arrives.
    Write,
}

/// A request on its way.
pub(crate) struct Call<'a> {
    /// The request, whose own body is not sent.
    pub(crate) head: &'a Request<Bytes>,
    pub(crate) body: Bytes,
    pub(crate) effect: Effect,
    pub(crate) terms: Terms<'a>,
    /// What has to cover every attempt.
    pub(crate) claim: Option<&'a mut Claimed>,
}

/// How long, in which order and how often a request may be sent.
pub(crate) struct Terms<'a> {
    pub(crate) limit: &'a mut TimeLimit,
    pub(crate) turn: Turn,
    pub(crate) retry: RetryPolicy,
    /// How often the same was sent before this call.
    pub(crate) sent_before: u32,
}

impl Call<'_> {
    /// Sends the request until it is answered, or may not be sent again.
    ///
    /// # Errors
    ///
    /// Any response but a success that can be read, and every way to have no
    /// response.
    pub(crate) async fn run<T: DeserializeOwned>(
        mut self,
        shared: &Shared,
    ) -> Result<(Box<T>, Metadata), Error> {
        let mut backoff = Backoff::new(self.terms.retry.clone());
        let mut attempts = 0_u32;
        let mut turn = self.terms.turn;
        let mut last: Option<Error> = None;
        let mut renewed = false;
        loop {
            if let Err(error) = self.authorized(shared).await {
                let error = match last {
                    Some(before) => error.following(before),
                    None => error,
                };
                return Err(error.after_attempts(attempts));
            }
            let Some(permit) = self.turn(shared, turn).await else {
                let error = last.unwrap_or_else(Error::no_time_left);
                return Err(error.after_attempts(attempts));
            };
            turn = turn.again();
            if let Some(claim) = &mut self.claim {
                let covered = claim.start_attempt().await;
                covered.map_err(|error| error.after_attempts(attempts))?;
            }
            attempts = attempts.saturating_add(1);
            let error = match self.attempt(shared, permit, attempts).await {
                Ok(success) => {
                    shared.budget.refund();
                    return Ok(success);
                }
                Err(error) => error.after_attempts(attempts),
            };
            if let Some(claim) = &mut self.claim
                && error.delivery().is_safe_to_resend()
            {
                claim.attempt_failed();
            }
            // A 401 changed nothing, whatever the request does.
            if error.kind() == ErrorKind::Unauthorized
                && shared.credentials.are_renewable()
                && attempts < self.terms.retry.max_attempts
                && !std::mem::replace(&mut renewed, true)
            {
                last = Some(error);
                continue;
            }
            let Some(cause) = cause(&error, self.effect) else {
                return Err(error);
            };
            let wait = backoff.wait(attempts, cause);
            let resume = wait.and_then(|wait| Instant::now().checked_add(wait));
            self.tell_others(shared, cause, resume);
            match resume {
                Some(resume) if resume < self.terms.limit.end() && shared.budget.take() => {
                    trace::resending(wait.unwrap_or_default(), &error, self.sent(attempts));
                    sleep_until(resume).await;
                }
                _ => return Err(error),
            }
            last = Some(error);
        }
    }

    /// Waits until there is something to prove oneself with, so that a token
    /// provider takes its time before the request takes its turn.
    async fn authorized(&self, shared: &Shared) -> Result<(), Error> {
        if !shared.credentials.are_renewable() {
            return Ok(());
        }
        match timeout_at(self.terms.limit.end(), shared.credentials.authorize()).await {
            Ok(authorized) => authorized.map(drop).map_err(Error::token),
            Err(_) => Err(Error::no_token_in_time()),
        }
    }

    /// Waits until the request may be sent. None when there is no time for it.
    async fn turn(&mut self, shared: &Shared, turn: Turn) -> Option<Permit> {
        let limit = &mut self.terms.limit;
        if !shared.pause.is_over_before(limit.end()).await {
            return None;
        }
        limit.permit(&shared.rate_limit, turn).await
    }

    /// A rate limit is the account's, so one call's 429 silences all.
    fn tell_others(&self, shared: &Shared, cause: Cause, resume: Option<Instant>) {
        let Cause::RateLimited(asked) = cause else {
            return;
        };
        let asked = asked.map(|asked| asked.min(self.terms.retry.max_retry_after));
        let asked = asked.and_then(|asked| Instant::now().checked_add(asked));
        if let Some(until) = asked.or(resume) {
            shared.pause.extend(until);
        }
    }

    async fn attempt<T: DeserializeOwned>(
        &self,
        shared: &Shared,
        mut permit: Permit,
        attempts: u32,
    ) -> Result<(Box<T>, Metadata), Error> {
        let mut request = self.head.clone();
        *request.body_mut() = self.body.clone();
        request
            .extensions_mut()
            .insert(Deadline(self.terms.limit.end()));
        let mut span = Attempt::new(&request, self.sent(attempts).saturating_sub(1));
        // A claim tells of it by itself when it is dropped.
        let mut watch = InFlight(self.effect == Effect::Write && self.claim.is_none());
        permit.sending();
        let outcome = span.around(shared.transport.send(request)).await;
        watch.0 = false;
        span.ended(&outcome);
        permit.settle(pacer_outcome(&outcome));
        let response = outcome.map_err(|failure| Error::transport(failure, &shared.credentials))?;
        if !response.status().is_success() {
            return Err(Error::of_response(&response, &shared.credentials));
        }
        let result = read(response, attempts, shared);
        if result.is_err() {
            span.unreadable();
        }
        result
    }

    /// How often the same was sent with so many attempts of this call.
    fn sent(&self, attempts: u32) -> u32 {
        self.terms.sent_before.saturating_add(attempts)
    }
}

/// Tells of a write that is dropped while this is true.
struct InFlight(bool);

impl Drop for InFlight {
    fn drop(&mut self) {
        if self.0 {
            trace::left_in_doubt();
        }
    }
}

fn read<T: DeserializeOwned>(
    response: Response<Bytes>,
    attempts: u32,
    shared: &Shared,
) -> Result<(Box<T>, Metadata), Error> {
    // A ticket is large and goes through many hands.
    match decode(response.headers(), response.body()) {
        Ok(value) => Ok((value, Metadata::new(response, attempts))),
        Err(problem) => Err(Error::unreadable(&response, &shared.credentials, problem)),
    }
}
