//! Sending a request and judging the answer.

use bytes::Bytes;
use gorgias_api::support::transport::Deadline;
use http::{Request, Response};
use serde::de::DeserializeOwned;
use tokio::time::{Instant, sleep_until};

use super::TimeLimit;
use super::resend::cause;
use crate::client::Shared;
use crate::error::Error;
use crate::pacer::{Lane, Permit, Turn};
use crate::response::{Metadata, decode};
use crate::retry::{Backoff, Cause, RetryPolicy};

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
pub(crate) struct Call {
    pub(crate) request: Request<Bytes>,
    pub(crate) effect: Effect,
    pub(crate) deadline: TimeLimit,
    pub(crate) lane: Lane,
    pub(crate) retry: RetryPolicy,
}

impl Call {
    /// Sends the request until it is answered, or may not be sent again.
    ///
    /// # Errors
    ///
    /// Any response but a success that can be read, and every way to have no
    /// response.
    pub(crate) async fn run<T: DeserializeOwned>(
        mut self,
        shared: &Shared,
    ) -> Result<(T, Metadata), Error> {
        let mut backoff = Backoff::new(self.retry.clone());
        let mut attempts = 0_u32;
        let mut turn = Turn::new(self.lane);
        let mut last = None;
        loop {
            let Some(permit) = self.turn(shared, turn).await else {
                let error = last.unwrap_or_else(Error::no_time_left);
                return Err(error.after_attempts(attempts));
            };
            turn = turn.again();
            attempts = attempts.saturating_add(1);
            let error = match self.attempt(shared, permit, attempts).await {
                Ok(success) => {
                    shared.budget.refund();
                    return Ok(success);
                }
                Err(error) => error.after_attempts(attempts),
            };
            let Some(cause) = cause(&error, self.effect) else {
                return Err(error);
            };
            let wait = backoff.wait(attempts, cause);
            let resume = wait.and_then(|wait| Instant::now().checked_add(wait));
            self.tell_others(shared, cause, resume);
            match resume {
                Some(resume) if resume < self.deadline.end() && shared.budget.take() => {
                    sleep_until(resume).await;
                }
                _ => return Err(error),
            }
            last = Some(error);
        }
    }

    /// Waits until the request may be sent. None when there is no time for it.
    async fn turn(&mut self, shared: &Shared, turn: Turn) -> Option<Permit> {
        if !shared.pause.is_over_before(self.deadline.end()).await {
            return None;
        }
        self.deadline.permit(&shared.rate_limit, turn).await
    }

    /// A rate limit is the account's, so one call's 429 silences all.
    fn tell_others(&self, shared: &Shared, cause: Cause, resume: Option<Instant>) {
        let Cause::RateLimited(asked) = cause else {
            return;
        };
        let asked = asked.map(|asked| asked.min(self.retry.max_retry_after));
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
    ) -> Result<(T, Metadata), Error> {
        let mut request = self.request.clone();
        request
            .extensions_mut()
            .insert(Deadline(self.deadline.end()));
        permit.sending();
        let outcome = shared.transport.send(request).await;
        permit.settle(&outcome);
        let response = outcome.map_err(|failure| Error::transport(failure, &shared.credentials))?;
        if !response.status().is_success() {
            return Err(Error::refused(&response, &shared.credentials));
        }
        read(response, attempts, shared)
    }
}

fn read<T: DeserializeOwned>(
    response: Response<Bytes>,
    attempts: u32,
    shared: &Shared,
) -> Result<(T, Metadata), Error> {
    match decode(response.headers(), response.body()) {
        Ok(value) => Ok((value, Metadata::new(response, attempts))),
        Err(problem) => Err(Error::unreadable(&response, &shared.credentials, problem)),
    }
}
