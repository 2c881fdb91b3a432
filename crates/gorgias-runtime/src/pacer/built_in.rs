//! The pacers with a rule of their own: one that learns the limit, one with a
//! fixed pace.

use std::time::Duration;

use tokio::time::Instant;

use super::automatic::Machine;
use super::even::Even;
use super::interface::{Outcome, Pacer, Pausing, Slot, SlotFuture, Turn};
use super::paced::Paced;
use super::random::Random;
use super::waiter::wait;

/// Learns the limit from the answers and uses all of it.
///
/// - A leaky bucket is kept almost full and refilled as it leaks; a window is
///   used evenly. Until it is known which it is, nothing is sent that any of
///   them would refuse.
/// - A 429 pauses everything once, for as long as the service asks, at most
///   120 seconds.
/// - When others use the account too, requests are sent at a rate that leaves
///   them their share.
/// - Without a readable `X-Gorgias-Account-Api-Call-Limit` it keeps to what the
///   smallest plan allows: just under 40 requests in any 20 seconds.
///
/// Waiting for a slot needs tokio's timer.
#[derive(Debug)]
pub struct Automatic(Paced<Machine>);

impl Automatic {
    /// A pacer that knows nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::seeded(Random::fresh_seed())
    }

    /// A pacer whose small random variations repeat, for tests.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        Self(Paced::new(Machine::new(seed), seed))
    }
}

impl Default for Automatic {
    fn default() -> Self {
        Self::new()
    }
}

impl Pacer for Automatic {
    fn slot(&self, turn: Turn) -> SlotFuture<'_> {
        Box::pin(wait(&self.0, turn))
    }

    fn settle(&self, slot: Slot, outcome: Outcome<'_>) {
        self.0.settle(slot, outcome);
    }
}

impl Pausing for Automatic {
    fn paused_until(&self) -> Option<Instant> {
        self.0.paused_until()
    }
}

/// One request per step.
#[derive(Debug)]
pub(super) struct Fixed(Paced<Even>);

impl Fixed {
    pub(super) fn new(step: Duration) -> Self {
        let governor = Even::new(step.as_secs_f64());
        Self(Paced::new(governor, Random::fresh_seed()))
    }
}

impl Pacer for Fixed {
    fn slot(&self, turn: Turn) -> SlotFuture<'_> {
        Box::pin(wait(&self.0, turn))
    }

    fn settle(&self, slot: Slot, outcome: Outcome<'_>) {
        self.0.settle(slot, outcome);
    }
}

impl Pausing for Fixed {
    fn paused_until(&self) -> Option<Instant> {
        self.0.paused_until()
    }
}
