//! Pauses while the import waits for a service that doesn't work.

use std::time::Duration;

use tokio::time::{Instant, sleep};

/// The first and the longest pause. Each pause is twice the one before. The longest pause
/// is short, so that sending resumes soon after an outage.
const FIRST: Duration = Duration::from_secs(1);
const LONGEST: Duration = Duration::from_secs(30);

/// Growing pauses between attempts, for a limited time.
#[derive(Clone, Debug)]
pub(super) struct Backoff {
    since: Instant,
    limit: Duration,
    next: Duration,
}

impl Backoff {
    /// Starts the time now. The last pause ends `limit` from now at the latest.
    pub(super) fn new(limit: Duration) -> Self {
        Self {
            since: Instant::now(),
            limit,
            next: FIRST,
        }
    }

    /// Returns the time since the start.
    pub(super) fn elapsed(&self) -> Duration {
        self.since.elapsed()
    }

    /// Pauses, longer each time, and at least for the time that the service asked for. The
    /// last pause ends at the limit. Returns false if no time is left, or less than the
    /// service asked for.
    pub(super) async fn wait(&mut self, asked: Option<Duration>) -> bool {
        let left = self.limit.saturating_sub(self.elapsed());
        let asked = asked.unwrap_or_default();
        if left.is_zero() || asked > left {
            return false;
        }
        let pause = self.next.max(asked).min(left);
        self.next = self.next.saturating_mul(2).min(LONGEST);
        sleep(pause).await;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn pauses_grow_until_the_end() {
        let started = Instant::now();
        let mut backoff = Backoff::new(Duration::from_secs(100));
        let mut waits = Vec::new();
        while backoff.wait(None).await {
            waits.push(started.elapsed().as_secs());
        }
        assert_eq!(waits, [1, 3, 7, 15, 31, 61, 91, 100]);
    }

    #[tokio::test(start_paused = true)]
    async fn the_pause_is_as_long_as_the_service_asks() {
        let started = Instant::now();
        let mut backoff = Backoff::new(Duration::from_secs(100));
        assert!(backoff.wait(Some(Duration::from_secs(40))).await);
        assert_eq!(started.elapsed().as_secs(), 40);
        assert!(!backoff.wait(Some(Duration::from_secs(61))).await);
    }

    #[tokio::test(start_paused = true)]
    async fn attempts_take_time_too() {
        let mut backoff = Backoff::new(Duration::from_secs(10));
        sleep(Duration::from_secs(10)).await;
        assert!(!backoff.wait(None).await);
    }
}
