//! The retry policy of a client or a call.

use std::time::Duration;

/// How often a call is tried again, and after which waits.
///
/// No policy allows a retry that isn't safe. A write is sent again only when the
/// service provably didn't apply it: nothing was sent, or the answer was 429, or the
/// answer was 401 and a token provider gives a new token. A read, and a write that
/// has the same effect when it is sent twice, are sent again after any failure that
/// may be temporary.
///
/// Waits grow exponentially with full jitter. A `retry-after` of the service is
/// waited out in full, but a `retry-after` longer than
/// [`max_retry_after`](Self::max_retry_after) ends the call with the service's
/// error. The call's timeout bounds all attempts and waits together. All calls
/// of a client share a retry budget, so that an outage doesn't cause a flood of
/// retries.
///
/// ```
/// # extern crate gorgias_runtime as gorgias;
/// use std::time::Duration;
///
/// use gorgias::RetryPolicy;
///
/// let patient = RetryPolicy::default().max_attempts(6).max_delay(Duration::from_secs(10));
/// # let _ = patient;
/// ```
#[derive(Clone, Debug, PartialEq)]
#[must_use]
pub struct RetryPolicy {
    pub(crate) max_attempts: u32,
    pub(crate) base_delay: Duration,
    pub(crate) max_delay: Duration,
    pub(crate) max_retry_after: Duration,
    pub(crate) seed: Option<u64>,
}

impl RetryPolicy {
    /// Returns the policy that never repeats a request.
    pub fn none() -> Self {
        Self::default().max_attempts(1)
    }

    /// Sets the most requests that are sent for one call, at least 1. 4 by
    /// default.
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts.max(1);
        self
    }

    /// Sets the upper bound of the first wait. The bound doubles with each
    /// attempt. Half a second by default.
    pub fn base_delay(mut self, delay: Duration) -> Self {
        self.base_delay = delay;
        self
    }

    /// Sets the upper bound of every wait for which the service sent no
    /// `retry-after`. 20 seconds by default.
    pub fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// Sets the longest `retry-after` that is waited out. Two minutes by
    /// default, and at most.
    pub fn max_retry_after(mut self, wait: Duration) -> Self {
        self.max_retry_after = wait.min(MAX_RETRY_AFTER);
        self
    }

    /// Sets the seed of the jitter, which makes it repeatable in tests.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
        self
    }
}

/// The longest `retry-after` that any policy waits out. The service counts its
/// limit over about 20 seconds, so no wait for the limit should be longer.
const MAX_RETRY_AFTER: Duration = Duration::from_secs(120);

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            max_attempts: 4,
            base_delay: Duration::from_millis(500),
            max_delay: Duration::from_secs(20),
            max_retry_after: MAX_RETRY_AFTER,
            seed: None,
        }
    }
}
