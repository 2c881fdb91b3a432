//! Pacers on tokio's clock.

use std::sync::{Mutex, PoisonError};
use std::task::Waker;
use std::time::{Duration, SystemTime};

use http::{HeaderMap, StatusCode};
use tokio::time::Instant;

use super::automatic::Machine;
use super::even::Even;
use super::governor::{CallLimit, Governor, Reading};
use super::interface::{Outcome, Pacer, Slot, SlotFuture, Turn};
use super::random::Random;
use super::retry_after::retry_after;
use super::snapshot::RateLimitSnapshot;
use super::turnstile::Turnstile;
use super::waiter::wait;

/// A governor with its queue, on tokio's clock.
#[derive(Debug)]
pub(super) struct Paced<G> {
    turnstile: Mutex<Turnstile<G, Waker>>,
    started: Instant,
}

impl<G: Governor> Paced<G> {
    fn new(governor: G) -> Self {
        Self {
            turnstile: Mutex::new(Turnstile::new(governor)),
            started: Instant::now(),
        }
    }

    /// Runs `change` on the turnstile at the current time, then wakes those whose
    /// turn it may be now.
    pub(super) fn change<R>(&self, change: impl FnOnce(&mut Turnstile<G, Waker>, f64) -> R) -> R {
        let now = self.started.elapsed().as_secs_f64();
        let mut turnstile = self
            .turnstile
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let result = change(&mut turnstile, now);
        let heads = turnstile.heads().map(|waker| waker.cloned());
        drop(turnstile);
        heads.into_iter().flatten().for_each(Waker::wake);
        result
    }

    /// Like [`change`](Self::change), when nobody's turn can have come by it.
    pub(super) fn ask<R>(&self, ask: impl FnOnce(&mut Turnstile<G, Waker>, f64) -> R) -> R {
        let now = self.started.elapsed().as_secs_f64();
        let mut turnstile = self
            .turnstile
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        ask(&mut turnstile, now)
    }

    /// The time of a governor on tokio's clock, never too early.
    pub(super) fn instant(&self, at: f64) -> Instant {
        let since = Duration::try_from_secs_f64(at).unwrap_or_default();
        let since = since.saturating_add(Duration::from_nanos(1));
        self.started.checked_add(since).unwrap_or_else(Instant::now)
    }

    fn settle(&self, slot: Slot, outcome: Outcome<'_>) {
        self.change(|turnstile, now| {
            let (governor, now) = turnstile.governor(now);
            match outcome {
                Outcome::Answered { status, headers } => {
                    governor.answered(slot.number(), read(status, headers), now);
                }
                Outcome::Unanswered => governor.unanswered(slot.number(), now),
                Outcome::NotSent => governor.take_back(slot.number(), now),
            }
        });
    }
}

fn read(status: StatusCode, headers: &HeaderMap) -> Reading {
    let throttled = status == StatusCode::TOO_MANY_REQUESTS;
    let call_limit = RateLimitSnapshot::from_headers(headers)
        .map(|seen| CallLimit {
            used: seen.used(),
            limit: seen.limit(),
        })
        // A little over the limit is how refused requests may be counted.
        .filter(|seen| seen.used / 2 <= seen.limit);
    let wait = if throttled {
        retry_after(headers, SystemTime::now())
    } else {
        None
    };
    Reading {
        throttled,
        call_limit,
        retry_after: wait.map(|wait| wait.as_secs_f64()),
    }
}

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
        Self(Paced::new(Machine::new(seed)))
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

/// One request per step.
#[derive(Debug)]
pub(super) struct Fixed(Paced<Even>);

impl Fixed {
    pub(super) fn new(step: Duration) -> Self {
        Self(Paced::new(Even::new(step.as_secs_f64())))
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
