//! The pacers of this crate: [`Automatic`], which learns the limit, and one
//! with a fixed pace.

use std::time::Duration;

use tokio::time::Instant;

use super::automatic::Machine;
use super::even::Even;
use super::interface::{Pacer, Pausing, RequestOutcome, Slot, SlotFuture, Turn};
use super::paced::Paced;
use super::random::Random;
use super::waiter::wait;

/// Learns the limit from the answers and uses all of it.
///
/// - It keeps a leaky bucket almost full, and uses a window evenly. Until it
///   knows which of them the service has, it sends only requests that both
///   would accept.
/// - After a 429 it sends nothing for as long as the service asks, at most 120
///   seconds.
/// - When other clients use the account too, it sends at a rate that leaves
///   them their share.
/// - Without a readable `X-Gorgias-Account-Api-Call-Limit` it assumes the
///   smallest plan, and sends just under 40 requests in any 20 seconds.
///
/// Waiting for a slot needs tokio's timer.
#[derive(Debug)]
pub struct Automatic(Paced<Machine>);

impl Automatic {
    /// Makes a pacer that doesn't know the limit yet.
    #[must_use]
    pub fn new() -> Self {
        Self::seeded(Random::fresh_seed())
    }

    /// Makes a pacer with a seed, whose random variations are repeatable in
    /// tests.
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

    fn settle(&self, slot: Slot, outcome: RequestOutcome<'_>) {
        self.0.settle(slot, outcome);
    }
}

impl Pausing for Automatic {
    fn paused_until(&self) -> Option<Instant> {
        self.0.paused_until()
    }
}

/// Sends one request per step.
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

    fn settle(&self, slot: Slot, outcome: RequestOutcome<'_>) {
        self.0.settle(slot, outcome);
    }
}

impl Pausing for Fixed {
    fn paused_until(&self) -> Option<Instant> {
        self.0.paused_until()
    }
}
