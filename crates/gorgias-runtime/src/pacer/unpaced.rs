//! A pacer without a governor: requests wait only for the end of the pause after a
//! 429, and then for the caller's own pacer, if there is one.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::time::{Instant, sleep_until};

use super::clock::Clock;
use super::interface::{Pacer, Pausing, RequestOutcome, Slot, SlotFuture, Turn};
use super::pause::Pause;
use super::random::Random;
use super::reading::Reading;

#[derive(Debug)]
pub(super) struct Unpaced {
    pause: Mutex<Pause>,
    clock: Clock,
    next: Option<Arc<dyn Pacer>>,
}

impl Unpaced {
    pub(super) fn new(next: Option<Arc<dyn Pacer>>) -> Self {
        Self {
            pause: Mutex::new(Pause::new(Random::fresh_seed())),
            clock: Clock::start(),
            next,
        }
    }

    fn pause(&self) -> MutexGuard<'_, Pause> {
        self.pause.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Pacer for Unpaced {
    fn slot(&self, turn: Turn) -> SlotFuture<'_> {
        Box::pin(async move {
            // A pause can become longer during the wait.
            while let Some(end) = self.paused_until() {
                sleep_until(end).await;
            }
            match &self.next {
                Some(next) => next.slot(turn).await,
                None => Slot::new(0),
            }
        })
    }

    fn finish(&self, slot: Slot, outcome: RequestOutcome<'_>) {
        if let RequestOutcome::Answered { status, headers } = outcome {
            let reading = Reading::of(status, headers);
            if reading.throttled {
                self.pause()
                    .throttled(reading.retry_after, self.clock.now());
            } else {
                self.pause().answered();
            }
        }
        if let Some(next) = &self.next {
            next.finish(slot, outcome);
        }
    }
}

impl Pausing for Unpaced {
    fn paused_until(&self) -> Option<Instant> {
        let until = self.pause().until(self.clock.now());
        until.map(|until| self.clock.instant(until))
    }
}
