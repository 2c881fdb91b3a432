//! A slot that cannot be lost.

use std::sync::Arc;

use bytes::Bytes;
use gorgias_api::support::transport::{Phase, TransportError};
use http::Response;

use super::interface::{Outcome, Pacer, Slot};

/// The permission to send one request. However it ends, also by being dropped,
/// the pacer hears of it.
#[derive(Debug)]
#[must_use = "dropping a permit gives it back"]
pub(crate) struct Permit {
    held: Option<(Arc<dyn Pacer>, Slot)>,
    sent: bool,
}

impl Permit {
    pub(super) fn new(pacer: Arc<dyn Pacer>, slot: Slot) -> Self {
        Self {
            held: Some((pacer, slot)),
            sent: false,
        }
    }

    pub(super) fn unlimited() -> Self {
        Self {
            held: None,
            sent: false,
        }
    }

    /// The request is about to be sent. From now on, dropping the permit means
    /// that it may have arrived.
    pub(crate) fn sending(&mut self) {
        self.sent = true;
    }

    /// The exchange is over.
    pub(crate) fn settle(mut self, outcome: &Result<Response<Bytes>, TransportError>) {
        self.tell(match outcome {
            Ok(response) => Outcome::Answered {
                status: response.status(),
                headers: response.headers(),
            },
            Err(failure) => match (failure.status(), failure.headers()) {
                (Some(status), Some(headers)) => Outcome::Answered { status, headers },
                _ if failure.phase() == Phase::BeforeDispatch => Outcome::NotSent,
                _ => Outcome::Unanswered,
            },
        });
    }

    fn tell(&mut self, outcome: Outcome<'_>) {
        if let Some((pacer, slot)) = self.held.take() {
            pacer.settle(slot, outcome);
        }
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.tell(if self.sent {
            Outcome::Unanswered
        } else {
            Outcome::NotSent
        });
    }
}
