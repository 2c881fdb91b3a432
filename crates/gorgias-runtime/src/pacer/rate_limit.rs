//! How a client keeps to the rate limit.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use super::built_in::{Automatic, Fixed};
use super::interface::{Pacer, Pausing, Turn};
use super::permit::Permit;
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
/// // Half of the smallest limit, no pacing at all, and any other `Pacer`.
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
    /// of an idle client is never delayed.
    #[must_use]
    pub fn automatic() -> Self {
        Self {
            pacer: Arc::new(Automatic::new()),
        }
    }

    /// At most `requests` per `window`, evenly spaced, whatever the service says.
    /// A 429 pauses all the same. Without requests or without a window, one
    /// request per second.
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
        Self {
            pacer: Arc::new(Fixed::new(step.unwrap_or(Duration::from_secs(1)))),
        }
    }

    /// No pacing: requests are sent at once, and the service refuses what is too
    /// much. A 429 pauses all the same. Only sensible if something else does the
    /// pacing.
    #[must_use]
    pub fn off() -> Self {
        Self {
            pacer: Arc::new(Unpaced::new(None)),
        }
    }

    /// A limiter of your own, or one that is shared. A 429 pauses all the same:
    /// the limiter is asked when the pause is over.
    #[must_use]
    pub fn shared(pacer: Arc<dyn Pacer>) -> Self {
        Self {
            pacer: Arc::new(Unpaced::new(Some(pacer))),
        }
    }

    /// What paces, for whoever puts another pacer around it.
    #[must_use]
    pub fn pacer(&self) -> Arc<dyn Pacer> {
        let pacer: Arc<dyn Pausing> = Arc::clone(&self.pacer);
        pacer
    }

    /// Waits for the permission to send one request.
    #[doc(hidden)]
    pub async fn permit(&self, turn: Turn) -> Permit {
        let slot = self.pacer.slot(turn).await;
        Permit::new(Arc::<dyn Pausing>::clone(&self.pacer), slot)
    }

    /// The end of the pause after the last 429, while there is one.
    pub(crate) fn paused_until(&self) -> Option<Instant> {
        self.pacer.paused_until()
    }
}

impl Default for RateLimit {
    fn default() -> Self {
        Self::automatic()
    }
}
