//! Waiting for a service that is out of reach.

use std::time::Duration;

use tokio::time::sleep;

/// The first wait, and the longest.
const FIRST: Duration = Duration::from_secs(1);
const LONGEST: Duration = Duration::from_secs(30);

/// What is left of the patience with a service.
#[derive(Clone, Debug)]
pub(super) struct Patience {
    left: Duration,
    next: Duration,
}

impl Patience {
    pub(super) fn new(patience: Duration) -> Self {
        Self {
            left: patience,
            next: FIRST,
        }
    }

    /// Waits for a while, longer each time, and for as long as was asked for.
    /// False when the patience is used up.
    pub(super) async fn wait(&mut self, asked: Option<Duration>) -> bool {
        let wait = self.next.max(asked.unwrap_or_default());
        let Some(left) = self.left.checked_sub(wait) else {
            return false;
        };
        self.left = left;
        self.next = self.next.saturating_mul(2).min(LONGEST);
        sleep(wait).await;
        true
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::Instant;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn waits_grow_until_the_patience_ends() {
        let started = Instant::now();
        let mut patience = Patience::new(Duration::from_secs(100));
        let mut waits = Vec::new();
        while patience.wait(None).await {
            waits.push(started.elapsed().as_secs());
        }
        assert_eq!(waits, [1, 3, 7, 15, 31, 61, 91]);
    }

    #[tokio::test(start_paused = true)]
    async fn what_the_service_asks_for_is_waited_out() {
        let started = Instant::now();
        let mut patience = Patience::new(Duration::from_secs(100));
        assert!(patience.wait(Some(Duration::from_secs(40))).await);
        assert_eq!(started.elapsed().as_secs(), 40);
        assert!(!patience.wait(Some(Duration::from_secs(61))).await);
    }
}
