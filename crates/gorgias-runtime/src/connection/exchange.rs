//! Requests that are sent once, past the calls of this crate.

use bytes::Bytes;
use http::{Request, Response};

use super::Connection;
use crate::operation::Operation;
use crate::pacer::{Outcome, Turn};
use crate::trace::{Attempt, waiting_for_slot};
use crate::transport::{Body, Phase, TransportError};

impl Connection {
    /// Sends one request when the rate limit allows it, with credentials. What
    /// came of it is for the caller to find out.
    ///
    /// # Errors
    ///
    /// When there is no whole response.
    pub async fn exchange(
        &self,
        operation: &Operation,
        request: Request<Body>,
    ) -> Result<Response<Bytes>, TransportError> {
        let turn = Turn::default();
        let mut permit = waiting_for_slot(turn, self.rate_limit().permit(turn)).await;
        let mut span = Attempt::new(operation, request.uri(), 0);
        permit.sending();
        let outcome = span.around(self.transport().send(request)).await;
        span.ended(&outcome);
        permit.settle(pacer_outcome(&outcome));
        outcome
    }
}

/// What a pacer is told of an exchange.
pub(crate) fn pacer_outcome(outcome: &Result<Response<Bytes>, TransportError>) -> Outcome<'_> {
    match outcome {
        Ok(response) => Outcome::Answered {
            status: response.status(),
            headers: response.headers(),
        },
        Err(failure) => match (failure.status(), failure.headers()) {
            (Some(status), Some(headers)) => Outcome::Answered { status, headers },
            _ if failure.phase() == Phase::BeforeDispatch => Outcome::NotSent,
            _ => Outcome::Unanswered,
        },
    }
}
