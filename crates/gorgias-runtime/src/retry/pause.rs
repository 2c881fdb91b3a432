//! A rest for the whole client.

use std::sync::{Mutex, PoisonError};

use tokio::time::{Instant, sleep_until};

use crate::trace;

/// Until when nothing is sent, because the service said so to one call. Its
/// limit is the account's, so it goes for all of them.
#[derive(Debug, Default)]
pub(crate) struct Pause(Mutex<Option<Instant>>);

impl Pause {
    /// Asks for a rest until then. An earlier end doesn't shorten it.
    pub(crate) fn extend(&self, until: Instant) {
        let mut end = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *end = (*end).max(Some(until));
    }

    /// The end of the rest, while there is one.
    fn until(&self) -> Option<Instant> {
        let end = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        end.filter(|end| *end > Instant::now())
    }

    /// Waits until the rest is over, as often as it is prolonged. Says at
    /// once when that is not before the deadline. Cancel safe.
    pub(crate) async fn is_over_before(&self, deadline: Instant) -> bool {
        while let Some(end) = self.until() {
            if end >= deadline {
                return false;
            }
            trace::pausing(end.saturating_duration_since(Instant::now()));
            sleep_until(end).await;
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[tokio::test(start_paused = true)]
    async fn the_longest_rest_counts() {
        let pause = Pause::default();
        let start = Instant::now();
        let far = start + 60 * SECOND;
        assert!(pause.is_over_before(far).await);
        assert_eq!(start.elapsed(), Duration::ZERO);

        pause.extend(start + 5 * SECOND);
        pause.extend(start + 2 * SECOND);
        assert!(!pause.is_over_before(start + 4 * SECOND).await);
        assert_eq!(start.elapsed(), Duration::ZERO);
        assert!(pause.is_over_before(far).await);
        assert_eq!(start.elapsed(), 5 * SECOND);
        assert_eq!(pause.until(), None);
    }

    #[tokio::test(start_paused = true)]
    async fn a_rest_can_be_prolonged_while_waiting() {
        let pause = Pause::default();
        let start = Instant::now();
        pause.extend(start + 2 * SECOND);
        let prolong = async {
            tokio::time::sleep(SECOND).await;
            pause.extend(start + 7 * SECOND);
        };
        let (over, ()) = tokio::join!(pause.is_over_before(start + 60 * SECOND), prolong);
        assert!(over);
        assert_eq!(start.elapsed(), 7 * SECOND);
    }
}
