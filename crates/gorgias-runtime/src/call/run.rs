//! The loop of attempts of one call: waits for a token and the rate limit,
//! sends the request, and repeats it where `resend` allows.

use bytes::Bytes;
use tokio::time::{Instant, sleep_until};

use super::Context;
use super::combined_delivery::CombinedDelivery;
use super::request::Head;
use super::resend::cause;
use crate::connection::Connection;
use crate::error::{Error, ErrorKind};
use crate::operation::{Effect, Operation};
use crate::pacer::{Permit, RequestOutcome, Turn};
use crate::response::{Metadata, Unreadable};
use crate::retry::Backoff;
use crate::trace::{self, Attempt};
use crate::transport::{Body, Phase, TransportError};

/// The function of the caller that reads and stores the value of a successful
/// answer.
pub(super) type OnSuccess<'a> =
    dyn FnMut(&http::Response<Bytes>) -> Result<(), Unreadable> + Send + 'a;

/// The attempts of one call.
pub(super) struct Attempts<'a, 'c> {
    connection: &'a Connection,
    operation: &'a Operation,
    head: Head,
    context: Context<'c>,
    /// The number of attempts so far.
    count: u32,
}

impl<'a, 'c> Attempts<'a, 'c> {
    /// Starts a call with the head of its attempts.
    pub(super) fn new(
        connection: &'a Connection,
        operation: &'a Operation,
        head: Head,
        context: Context<'c>,
    ) -> Self {
        Self {
            connection,
            operation,
            head,
            context,
            count: 0,
        }
    }

    /// Sends the request until it succeeds, or may not be sent again.
    ///
    /// # Errors
    ///
    /// Any response other than a success that can be read, and a failure to get
    /// a response.
    pub(super) async fn run(
        &mut self,
        body: Body,
        on_success: &mut OnSuccess<'_>,
    ) -> Result<Metadata, Error> {
        let mut backoff = Backoff::new(self.context.retry.clone());
        let mut turn = self.context.turn;
        let mut last: Option<Error> = None;
        let mut token_renewed = false;
        let mut combined = CombinedDelivery::default();
        let mut body = Some(body);
        loop {
            if let Err(error) = self.authorized().await {
                let error = match last {
                    Some(before) => error.following(before),
                    None => error,
                };
                return Err(error.after_attempts(self.count));
            }
            let Some(permit) = self.permit(turn).await else {
                let error = last.unwrap_or_else(|| {
                    Error::out_of_time("the account's rate limit leaves no time for the call")
                });
                return Err(error.after_attempts(self.count));
            };
            turn = turn.again();
            if let Some(hook) = &mut self.context.hook {
                let covered = hook.start_attempt().await;
                covered.map_err(|error| error.after_attempts(self.count))?;
            }
            self.count = self.count.saturating_add(1);
            let copy = body.as_ref().and_then(Body::try_clone);
            let sent = body.take().unwrap_or_default();
            body = copy;
            let error = match self.attempt(permit, sent, on_success).await {
                Ok(metadata) => {
                    self.connection.shared.budget.refund();
                    return Ok(metadata);
                }
                Err(error) => error.after_attempts(self.count),
            };
            let error = match self.operation.effect() {
                Effect::Read => error,
                Effect::Write | Effect::Idempotent => combined.after(error),
            };
            if let Some(hook) = &mut self.context.hook
                && error.delivery().is_safe_to_resend()
            {
                hook.attempt_failed();
            }
            // A request answered with 401 was not applied, so it is safe to
            // repeat even a write, once, with a new token.
            if error.kind() == ErrorKind::Unauthorized
                && self.connection.shared.credentials.are_renewable()
                && self.count < self.context.retry.max_attempts
                && body.is_some()
                && !std::mem::replace(&mut token_renewed, true)
            {
                last = Some(error);
                continue;
            }
            let Some(cause) = cause(&error, self.operation.effect()) else {
                return Err(error);
            };
            let wait = backoff.wait(self.count, cause);
            let resume = wait.and_then(|wait| Instant::now().checked_add(wait));
            // After a 429 the pacer pauses before it gives the next permit. So
            // the time limit must also reach beyond the end of that pause.
            let pause = self.connection.shared.rate_limit.paused_until();
            match resume.filter(|_| body.is_some()) {
                Some(resume)
                    if pause.map_or(resume, |pause| pause.max(resume))
                        < self.context.limit.end()
                        && self.connection.shared.budget.take() =>
                {
                    let until = pause.unwrap_or(resume).max(resume);
                    let wait = until.saturating_duration_since(Instant::now());
                    trace::resending(wait, &error, self.sent());
                    sleep_until(resume).await;
                }
                _ => return Err(error),
            }
            last = Some(error);
        }
    }

    /// Waits for an access token. This wait comes before the wait for the rate
    /// limit, so that no permit is held while a token provider is slow.
    async fn authorized(&self) -> Result<(), Error> {
        let credentials = &self.connection.shared.credentials;
        if !credentials.are_renewable() {
            return Ok(());
        }
        match credentials.authorize(self.context.limit.end()).await {
            Ok(authorized) => authorized.map(drop).map_err(Error::token),
            Err(_) => Err(Error::out_of_time(
                "the token provider left no time for the call",
            )),
        }
    }

    /// Waits for a permit of the pacer. Returns `None` when the time limit ends
    /// first, or when the pacer pauses until after its end.
    async fn permit(&mut self, turn: Turn) -> Option<Permit> {
        let limit = &mut self.context.limit;
        let rate_limit = &self.connection.shared.rate_limit;
        if let Some(end) = rate_limit.paused_until() {
            if end >= limit.end() {
                return None;
            }
            trace::pausing(end.saturating_duration_since(Instant::now()));
        }
        limit.permit(rate_limit, turn).await
    }

    async fn attempt(
        &self,
        mut permit: Permit,
        body: Body,
        on_success: &mut OnSuccess<'_>,
    ) -> Result<Metadata, Error> {
        let request = self.head.request(self.operation.method(), body);
        let sent_before = self.sent().saturating_sub(1);
        let mut span = Attempt::new(self.operation, &self.head.uri, sent_before);
        let mut log_drop = LogDrop {
            operation: self.operation,
            // A caller with a hook logs by itself that the write was dropped.
            armed: self.operation.effect().is_write() && self.context.hook.is_none(),
        };
        permit.sending();
        let exchange = self.connection.exchange(request, self.context.limit.end());
        let outcome = span.around(exchange).await;
        log_drop.armed = false;
        span.ended(&outcome);
        permit.finish(pacer_outcome(&outcome));
        let credentials = &self.connection.shared.credentials;
        let response = outcome.map_err(|failure| Error::transport(failure, credentials))?;
        if !response.status().is_success() {
            return Err(Error::of_response(&response, credentials));
        }
        match on_success(&response) {
            Ok(()) => Ok(Metadata::new(response, self.count)),
            Err(problem) => {
                span.unreadable();
                Err(Error::unreadable(
                    &response,
                    credentials,
                    problem,
                    self.operation,
                ))
            }
        }
    }

    /// The number of attempts so far, including those of earlier calls.
    fn sent(&self) -> u32 {
        self.context.sent_before.saturating_add(self.count)
    }
}

/// Logs a write whose future is dropped after its request may have been sent.
struct LogDrop<'a> {
    operation: &'a Operation,
    armed: bool,
}

impl Drop for LogDrop<'_> {
    fn drop(&mut self) {
        if self.armed {
            trace::left_in_doubt(self.operation);
        }
    }
}

/// Returns the outcome of an attempt in the pacer's terms.
fn pacer_outcome(outcome: &Result<http::Response<Bytes>, TransportError>) -> RequestOutcome<'_> {
    match outcome {
        Ok(response) => RequestOutcome::Answered {
            status: response.status(),
            headers: response.headers(),
        },
        Err(failure) => match failure.head() {
            Some((status, headers)) => RequestOutcome::Answered { status, headers },
            None if failure.phase() == Phase::BeforeDispatch => RequestOutcome::NotSent,
            None => RequestOutcome::Unanswered,
        },
    }
}
