//! Runs a scheduler on tokio's clock, and wakes its waiters.

use std::sync::{Mutex, PoisonError};
use std::task::Waker;

use tokio::time::Instant;

use super::clock::Clock;
use super::governor::Governor;
use super::scheduler::Scheduler;

/// A scheduler shared by the waiters of one pacer, on tokio's clock.
#[derive(Debug)]
pub(super) struct Paced<G> {
    scheduler: Mutex<Scheduler<G, Waker>>,
    clock: Clock,
}

impl<G: Governor> Paced<G> {
    pub(super) fn new(governor: G, seed: u64) -> Self {
        Self {
            scheduler: Mutex::new(Scheduler::new(governor, seed)),
            clock: Clock::start(),
        }
    }

    /// Runs `change` on the scheduler at the current time. Then wakes the first
    /// waiter of each lane, which may be next.
    pub(super) fn change<R>(&self, change: impl FnOnce(&mut Scheduler<G, Waker>, f64) -> R) -> R {
        let (result, heads) = self.ask(|scheduler, now| {
            let result = change(scheduler, now);
            (result, scheduler.heads().map(|waker| waker.cloned()))
        });
        heads.into_iter().flatten().for_each(Waker::wake);
        result
    }

    /// Runs `ask` on the scheduler at the current time, and wakes no waiter.
    pub(super) fn ask<R>(&self, ask: impl FnOnce(&mut Scheduler<G, Waker>, f64) -> R) -> R {
        let now = self.clock.now();
        let mut scheduler = self
            .scheduler
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        ask(&mut scheduler, now)
    }

    /// Returns the instant of a scheduler's time.
    pub(super) fn instant(&self, at: f64) -> Instant {
        self.clock.instant(at)
    }
}
