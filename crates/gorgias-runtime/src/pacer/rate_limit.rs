//! The choice of a pacer for a client.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use super::automatic::Machine;
use super::even::Even;
use super::interface::{Pacer, Pausing, Turn};
use super::paced::Paced;
use super::permit::Permit;
use super::random::Random;
use super::unpaced::Unpaced;

/// How a client keeps to the account's rate limit.
///
/// Clones share one state, so clients built with clones of one value share the
/// limit. The default is [`automatic`](Self::automatic).
///
/// ```
/// # extern crate gorgias_runtime as gorgias;
/// use std::sync::Arc;
/// use std::time::Duration;
///
/// use gorgias::RateLimit;
/// use gorgias::pacer::Automatic;
///
/// // Half of the smallest limit; no pacing; and any other `Pacer`.
/// let half = RateLimit::fixed(20, Duration::from_secs(20));
/// let unpaced = RateLimit::off();
/// let own = RateLimit::shared(Arc::new(Automatic::new()));
/// # let _ = (half, unpaced, own);
/// ```
#[derive(Clone, Debug)]
pub struct RateLimit {
    pacer: Arc<dyn Pausing>,
}

impl RateLimit {
    /// Learns the limit from the answers, and uses all of it. The first request
    /// of an idle client is sent at once.
    #[must_use]
    pub fn automatic() -> Self {
        let seed = Random::fresh_seed();
        Self::of(Paced::new(Machine::new(seed), seed))
    }

    /// Sends at most `requests` per `window`, evenly spaced, whatever limit the
    /// service reports. A 429 still pauses the client. If `requests` or `window`
    /// is zero, sends one request per second.
    ///
    /// ```
    /// # extern crate gorgias_runtime as gorgias;
    /// use std::time::Duration;
    /// use gorgias::RateLimit;
    ///
    /// let half_of_the_limit = RateLimit::fixed(20, Duration::from_secs(20));
    /// # let _ = half_of_the_limit;
    /// ```
    #[must_use]
    pub fn fixed(requests: u32, window: Duration) -> Self {
        let step = window.checked_div(requests).filter(|step| !step.is_zero());
        let step = step.unwrap_or(Duration::from_secs(1));
        Self::of(Paced::new(Even::new(step), Random::fresh_seed()))
    }

    /// Sends requests at once, without pacing, so the service refuses those
    /// above the limit. A 429 still pauses the client. Use it only if something
    /// else paces the requests.
    #[must_use]
    pub fn off() -> Self {
        Self::of(Unpaced::new(None))
    }

    /// Uses the caller's own pacer. A 429 still pauses the client: the pacer is
    /// asked for a slot after the pause.
    #[must_use]
    pub fn shared(pacer: Arc<dyn Pacer>) -> Self {
        Self::of(Unpaced::new(Some(pacer)))
    }

    fn of(pacer: impl Pausing) -> Self {
        Self {
            pacer: Arc::new(pacer),
        }
    }

    /// Returns the pacer, for another pacer that wraps it.
    #[must_use]
    pub fn pacer(&self) -> Arc<dyn Pacer> {
        Arc::<dyn Pausing>::clone(&self.pacer)
    }

    /// Waits for a permit to send one request.
    #[doc(hidden)]
    pub async fn permit(&self, turn: Turn) -> Permit {
        let slot = self.pacer.slot(turn).await;
        Permit::new(Arc::<dyn Pausing>::clone(&self.pacer), slot)
    }

    /// Returns the end of the pause after a 429, or `None` if there is no pause
    /// now.
    pub(crate) fn paused_until(&self) -> Option<Instant> {
        self.pacer.paused_until()
    }
}

impl Default for RateLimit {
    fn default() -> Self {
        Self::automatic()
    }
}
