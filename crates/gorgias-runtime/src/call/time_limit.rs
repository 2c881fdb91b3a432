//! The time limit of a call.

use std::time::Duration;

use tokio::time::{Instant, timeout_at};

use crate::pacer::{Permit, RateLimit, Turn};
use crate::trace::waiting_for_slot;

/// The moment when a call must be over.
#[derive(Clone, Copy, Debug)]
pub struct TimeLimit {
    end: Instant,
    /// Whether the wait for the rate limit counts. The wait counts if the limit was
    /// set for this call. If the limit is the client's, the wait doesn't count:
    /// otherwise a thousand calls started together could never all succeed.
    with_queueing: bool,
}

impl TimeLimit {
    /// Creates a limit that ends at `end`.
    #[must_use]
    pub fn new(end: Instant, with_queueing: bool) -> Self {
        Self { end, with_queueing }
    }

    /// The end of the limit, if the wait for the rate limit counts.
    #[must_use]
    pub fn strict_end(&self) -> Option<Instant> {
        self.with_queueing.then_some(self.end)
    }

    /// Moves the end by the time that has passed since `since`, so that this time
    /// doesn't count.
    pub fn leave_out(&mut self, since: Instant) {
        self.end = self.end.checked_add(since.elapsed()).unwrap_or(self.end);
    }

    /// Moves the end by `more`, unless the limit was set for this call.
    pub fn extend(&mut self, more: Duration) {
        if !self.with_queueing {
            self.end = self.end.checked_add(more).unwrap_or(self.end);
        }
    }

    /// The moment when the call must be over. A later wait for the rate limit
    /// may move it.
    #[must_use]
    pub fn end(&self) -> Instant {
        self.end
    }

    /// Waits for a permit to send one request. Returns `None` when the time is up
    /// first. A wait that doesn't count may take any time. A repeated request goes
    /// to the front of the queue, so its wait is short and always counts.
    pub async fn permit(&mut self, rate_limit: &RateLimit, turn: Turn) -> Option<Permit> {
        let permit = waiting_for_slot(turn, rate_limit.permit(turn));
        if self.with_queueing || turn.again {
            return timeout_at(self.end, permit).await.ok();
        }
        let asked = Instant::now();
        let permit = permit.await;
        self.leave_out(asked);
        Some(permit)
    }
}
