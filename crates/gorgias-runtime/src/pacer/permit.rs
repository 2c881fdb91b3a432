//! A slot that cannot be lost.

use std::sync::Arc;

use super::interface::{Outcome, Pacer, Slot};

/// The permission to send one request. However it ends, also by being dropped,
/// the pacer hears of it.
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

    /// The request is about to be sent. From now on, dropping the permit means
    /// that it may have arrived.
    pub fn sending(&mut self) {
        self.sent = true;
    }

    /// The exchange is over.
    pub fn settle(mut self, outcome: Outcome<'_>) {
        self.tell(outcome);
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
