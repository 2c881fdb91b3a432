//! Pacing for requests that are made past the client's own calls.

use std::sync::Arc;

use bytes::Bytes;
use gorgias_api::support::transport::{Transport, TransportFuture};
use http::Request;

use super::interface::Turn;
use super::rate_limit::RateLimit;
use crate::trace::Attempt;

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
            let mut permit = self.rate_limit.permit(Turn::default()).await;
            let mut span = Attempt::new(&request, 0);
            permit.sending();
            let outcome = span.around(self.transport.send(request)).await;
            span.ended(&outcome);
            permit.settle(&outcome);
            outcome
        })
    }
}
