//! The pacers whose slots a governor grants. [`Automatic`] is the one that learns
//! the limit.

use std::fmt;

use tokio::time::Instant;

use super::automatic::Machine;
use super::governor::Governor;
use super::interface::{Pacer, Pausing, RequestOutcome, Slot, SlotFuture, Turn};
use super::paced::Paced;
use super::random::Random;
use super::reading::Reading;
use super::waiter::wait;

/// Learns the limit from the answers and uses all of it.
///
/// - It keeps a leaky bucket almost full, and uses a window evenly. Until it
///   knows which of the two the service uses, it sends only requests that both
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
    /// Creates a pacer that doesn't know the limit yet.
    #[must_use]
    pub fn new() -> Self {
        Self::seeded(Random::fresh_seed())
    }

    /// Creates a pacer whose random variations come from a seed, so that they are
    /// repeatable in tests.
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
        self.0.slot(turn)
    }

    fn finish(&self, slot: Slot, outcome: RequestOutcome<'_>) {
        self.0.finish(slot, outcome);
    }
}

impl<G: Governor + fmt::Debug + Send + 'static> Pacer for Paced<G> {
    fn slot(&self, turn: Turn) -> SlotFuture<'_> {
        Box::pin(wait(self, turn))
    }

    fn finish(&self, slot: Slot, outcome: RequestOutcome<'_>) {
        self.change(|scheduler, now| match outcome {
            RequestOutcome::Answered { status, headers } => {
                scheduler.answered(slot.number(), Reading::of(status, headers), now);
            }
            RequestOutcome::Unanswered => scheduler.unanswered(slot.number(), now),
            RequestOutcome::NotSent => scheduler.take_back(slot.number(), now),
        });
    }
}

impl<G: Governor + fmt::Debug + Send + 'static> Pausing for Paced<G> {
    fn paused_until(&self) -> Option<Instant> {
        let until = self.ask(|scheduler, now| scheduler.paused_until(now));
        until.map(|until| self.instant(until))
    }
}
