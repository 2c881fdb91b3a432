//! How long a call may take.

use std::time::Duration;

use tokio::time::{Instant, timeout_at};

use crate::pacer::{Permit, RateLimit, Turn};
use crate::trace::waiting_for_slot;

/// When a call must be over.
#[derive(Clone, Copy, Debug)]
pub struct TimeLimit {
    end: Instant,
    /// A limit that was set for this one call holds for all of it. The client's
    /// must not end calls that only wait for their turn, or a thousand calls
    /// started together could never all succeed.
    with_queueing: bool,
}

impl TimeLimit {
    /// A limit that ends then, and counts the wait for a turn or does not.
    #[must_use]
    pub fn new(end: Instant, with_queueing: bool) -> Self {
        Self { end, with_queueing }
    }

    /// The end, if the time that a call waits for its turn counts too.
    #[must_use]
    pub fn strict_end(&self) -> Option<Instant> {
        self.with_queueing.then_some(self.end)
    }

    /// Moves the end by the time since then, for something that doesn't
    /// count.
    pub fn leave_out(&mut self, since: Instant) {
        self.end = self.end.checked_add(since.elapsed()).unwrap_or(self.end);
    }

    /// Moves the end by so much, unless it was set for this call.
    pub fn extend(&mut self, more: Duration) {
        if !self.with_queueing {
            self.end = self.end.checked_add(more).unwrap_or(self.end);
        }
    }

    /// When the call must be over, as far as is known by now.
    #[must_use]
    pub fn end(&self) -> Instant {
        self.end
    }

    /// Waits for the permission to send one request, unless time is up before.
    /// A request that has to be sent again goes first, so its wait always counts.
    pub async fn permit(&mut self, rate_limit: &RateLimit, turn: Turn) -> Option<Permit> {
        let permit = waiting_for_slot(turn, rate_limit.permit(turn));
        if self.with_queueing || turn.again {
            return timeout_at(self.end, permit).await.ok();
        }
        let asked = Instant::now();
        let permit = permit.await;
        self.end = self.end.checked_add(asked.elapsed()).unwrap_or(self.end);
        Some(permit)
    }
}
