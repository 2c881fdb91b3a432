//! Pacing for requests that are made past the client's own calls.

use std::sync::Arc;

use bytes::Bytes;
use gorgias_api::support::transport::{Phase, Transport, TransportError, TransportFuture};
use http::{Request, Response};

use crate::pacer::{Outcome, RateLimit, Turn};
use crate::trace::{Attempt, waiting_for_slot};

/// A transport that waits for a slot before each request.
#[derive(Debug)]
pub(crate) struct PacedTransport {
    transport: Arc<dyn Transport>,
    rate_limit: RateLimit,
}

impl PacedTransport {
    pub(crate) fn new(transport: Arc<dyn Transport>, rate_limit: RateLimit) -> Self {
        Self {
            transport,
            rate_limit,
        }
    }
}

impl Transport for PacedTransport {
    fn send(&self, request: Request<Bytes>) -> TransportFuture<'_> {
        Box::pin(async {
            let turn = Turn::default();
            let mut permit = waiting_for_slot(turn, self.rate_limit.permit(turn)).await;
            let mut span = Attempt::new(&request, 0);
            permit.sending();
            let outcome = span.around(self.transport.send(request)).await;
            span.ended(&outcome);
            permit.settle(pacer_outcome(&outcome));
            outcome
        })
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
