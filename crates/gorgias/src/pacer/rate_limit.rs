//! How a client keeps to the rate limit.

use std::sync::Arc;
use std::time::Duration;

use super::interface::{Pacer, Turn};
use super::paced::{Automatic, Fixed};
use super::permit::Permit;
use crate::trace;

/// How a client keeps to the account's rate limit.
///
/// Clones share one state, so clients built with clones of one value share the
/// limit. The default is [`automatic`](Self::automatic).
///
/// ```
/// use std::sync::Arc;
/// use std::time::Duration;
///
/// use gorgias::pacer::{Automatic, Lane};
/// use gorgias::{Client, NewTicket, RateLimit};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), gorgias::Error> {
/// # let emulator = gorgias_emulator::Emulator::builder().build().unwrap();
/// // Two clients of one account, paced as one.
/// let rate_limit = RateLimit::automatic();
/// let client = |rate_limit: &RateLimit| {
///     Client::builder("acme")
///         .api_key("agent@acme.example", "key")
/// #       .service(emulator.service())
///         .rate_limit(rate_limit.clone())
///         .build()
/// };
/// let (one, other) = (client(&rate_limit)?, client(&rate_limit)?);
///
/// // One of many, beside one that somebody waits for.
/// let import = one.tickets().create(NewTicket::from_customer("jane@example.com"));
/// let single = other.tickets().create(NewTicket::from_customer("joe@example.com"));
/// let (_imported, _single) =
///     tokio::try_join!(import.lane(Lane::Bulk).into_future(), single.into_future())?;
///
/// // Half of the smallest limit, no pacing at all, and any other `Pacer`.
/// let half = client(&RateLimit::fixed(20, Duration::from_secs(20)))?;
/// let unpaced = client(&RateLimit::off())?;
/// let own = client(&RateLimit::shared(Arc::new(Automatic::new())))?;
/// # let _ = (half, unpaced, own);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct RateLimit {
    pacer: Option<Arc<dyn Pacer>>,
}

impl RateLimit {
    /// Learns the limit from the answers, and uses all of it. The first request
    /// of an idle client is never delayed.
    #[must_use]
    pub fn automatic() -> Self {
        Self::shared(Arc::new(Automatic::new()))
    }

    /// At most `requests` per `window`, evenly spaced, whatever the service says.
    /// A 429 pauses all the same. Without requests or without a window, one
    /// request per second.
    ///
    /// ```
    /// use std::time::Duration;
    /// use gorgias::RateLimit;
    ///
    /// let half_of_the_limit = RateLimit::fixed(20, Duration::from_secs(20));
    /// # let _ = half_of_the_limit;
    /// ```
    #[must_use]
    pub fn fixed(requests: u32, window: Duration) -> Self {
        let step = window.checked_div(requests).filter(|step| !step.is_zero());
        Self::shared(Arc::new(Fixed::new(step.unwrap_or(Duration::from_secs(1)))))
    }

    /// No pacing: requests are sent at once, and the service refuses what is too
    /// much. Only sensible if something else does the pacing.
    #[must_use]
    pub fn off() -> Self {
        Self { pacer: None }
    }

    /// A limiter of your own, or one that is shared.
    #[must_use]
    pub fn shared(pacer: Arc<dyn Pacer>) -> Self {
        Self { pacer: Some(pacer) }
    }

    /// Waits for the permission to send one request.
    pub(crate) async fn permit(&self, turn: Turn) -> Permit {
        match &self.pacer {
            Some(pacer) => {
                let slot = trace::waiting_for_slot(turn, pacer.slot(turn)).await;
                Permit::new(Arc::clone(pacer), slot)
            }
            None => Permit::unlimited(),
        }
    }
}

impl Default for RateLimit {
    fn default() -> Self {
        Self::automatic()
    }
}
