//! A slot whose outcome is reported to the pacer, at the latest when the permit is
//! dropped.

use std::sync::Arc;

use super::interface::{Pacer, RequestOutcome, Slot};

/// The permission to send one request. The pacer always learns the outcome, even
/// if the permit is dropped.
#[derive(Debug)]
#[must_use = "dropping a permit gives it back"]
pub struct Permit {
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

    /// Marks the request as sent. Dropping the permit then means that the
    /// request may have arrived.
    pub fn sending(&mut self) {
        self.sent = true;
    }

    /// Reports the outcome of the request.
    pub fn finish(mut self, outcome: RequestOutcome<'_>) {
        self.report(outcome);
    }

    fn report(&mut self, outcome: RequestOutcome<'_>) {
        if let Some((pacer, slot)) = self.held.take() {
            pacer.finish(slot, outcome);
        }
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.report(if self.sent {
            RequestOutcome::Unanswered
        } else {
            RequestOutcome::NotSent
        });
    }
}
