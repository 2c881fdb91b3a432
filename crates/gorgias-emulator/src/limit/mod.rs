//! The account's rate limiter.
//!
//! It isn't known for certain how the service counts, so there are three
//! models. A client has to keep within the limit under each of them.

mod foreign;
mod models;

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use crate::timestamp::Timestamp;

/// How calls are counted against the limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LimiterModel {
    /// A bucket. Each call adds one to it, and it empties at a constant rate, at which a
    /// full bucket is empty after one window. This is the documented model.
    #[default]
    LeakyBucket,
    /// A count that starts at zero with every window. Windows follow each other
    /// from the emulator's start.
    FixedWindow,
    /// Counts the calls that arrived within the window that ends now.
    SlidingLog,
}

/// The meaning of `Retry-After` in a 429.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RetryAfter {
    /// The wait until one call is accepted.
    #[default]
    OneSlot,
    /// The wait until no call counts any more.
    EmptyBucket,
}

/// A rate limit: the calls allowed per window, and how calls are counted.
///
/// ```
/// use std::time::Duration;
/// use gorgias_emulator::{LimiterModel, RateLimit};
///
/// let enterprise: RateLimit = "80/10".parse()?;
/// assert_eq!(enterprise, RateLimit::new(80, Duration::from_secs(10)));
/// let window = enterprise.model(LimiterModel::FixedWindow).count_rejected(true);
/// # let _ = window;
/// # Ok::<(), gorgias_emulator::ParseRateLimitError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RateLimit {
    capacity: u32,
    window: Duration,
    model: LimiterModel,
    foreign_rate: f64,
    count_rejected: bool,
    retry_after: RetryAfter,
}

impl RateLimit {
    /// Allows `capacity` calls per `window`, as a leaky bucket, without other
    /// clients, and with rejected calls not counted. A capacity of zero counts
    /// as one, a window of zero as one millisecond.
    #[must_use]
    pub fn new(capacity: u32, window: Duration) -> Self {
        Self {
            capacity: capacity.max(1),
            window: window.max(Duration::from_millis(1)),
            model: LimiterModel::default(),
            foreign_rate: 0.0,
            count_rejected: false,
            retry_after: RetryAfter::default(),
        }
    }

    /// Returns the documented limit of API keys: 40 calls per 20 seconds.
    #[must_use]
    pub fn api_key() -> Self {
        Self::new(40, Duration::from_secs(20))
    }

    /// Returns the documented limit of OAuth applications: 80 calls per 20
    /// seconds.
    #[must_use]
    pub fn oauth() -> Self {
        Self::new(80, Duration::from_secs(20))
    }

    /// Sets how calls are counted.
    #[must_use]
    pub fn model(mut self, model: LimiterModel) -> Self {
        self.model = model;
        self
    }

    /// Sets the calls per second of other clients of the account, at random moments that
    /// follow from the emulator's seed. Such a call counts if there is room for it. A
    /// negative or infinite rate counts as none.
    #[must_use]
    pub fn foreign_rate(mut self, per_second: f64) -> Self {
        let usable = per_second.is_finite() && per_second > 0.0;
        self.foreign_rate = if usable { per_second } else { 0.0 };
        self
    }

    /// Sets whether a call that was answered 429 counts against the limit.
    #[must_use]
    pub fn count_rejected(mut self, count: bool) -> Self {
        self.count_rejected = count;
        self
    }

    /// Sets what `Retry-After` means.
    #[must_use]
    pub fn retry_after(mut self, retry_after: RetryAfter) -> Self {
        self.retry_after = retry_after;
        self
    }

    /// Calls per window.
    #[must_use]
    pub fn capacity(&self) -> u32 {
        self.capacity
    }

    /// The window.
    #[must_use]
    pub fn window(&self) -> Duration {
        self.window
    }
}

/// The error for a text that isn't `CALLS/SECONDS`.
#[derive(Debug, PartialEq, Eq)]
pub struct ParseRateLimitError(());

impl fmt::Display for ParseRateLimitError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("expected calls and seconds, both at least 1, as in 40/20")
    }
}

impl std::error::Error for ParseRateLimitError {}

impl FromStr for RateLimit {
    type Err = ParseRateLimitError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (calls, seconds) = text.split_once('/').ok_or(ParseRateLimitError(()))?;
        match (calls.parse(), seconds.parse()) {
            (Ok(calls @ 1..), Ok(seconds @ 1..)) => {
                Ok(Self::new(calls, Duration::from_secs(seconds)))
            }
            _ => Err(ParseRateLimitError(())),
        }
    }
}

/// The limiter's answer to a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Decision {
    /// The calls used after this call, and the limit, as the rate limit's header has them.
    pub(crate) used: u32,
    pub(crate) limit: u32,
    /// The seconds to wait, rounded up, if the call is rejected.
    pub(crate) retry_after: Option<u64>,
}

/// A way to count calls. Times are seconds since the emulator's start, and
/// never decrease.
trait Count: fmt::Debug + Send {
    /// Returns the calls that count at `now`.
    fn used(&mut self, now: f64) -> f64;
    /// Counts a call. Without room for it, the count becomes the limit.
    fn add(&mut self, now: f64);
    /// Returns the seconds from `now` until `used` is `level` or less.
    fn until(&mut self, now: f64, level: f64) -> f64;
}

/// The limiter of one emulator.
#[derive(Debug)]
pub(crate) struct Limiter {
    config: RateLimit,
    start: Timestamp,
    latest: f64,
    count: Box<dyn Count>,
    foreign: foreign::Arrivals,
}

impl Limiter {
    pub(crate) fn new(config: RateLimit, seed: u64, start: Timestamp) -> Self {
        let (capacity, window) = (f64::from(config.capacity), config.window.as_secs_f64());
        let count: Box<dyn Count> = match config.model {
            LimiterModel::LeakyBucket => Box::new(models::LeakyBucket {
                capacity,
                leak: capacity / window,
                ..Default::default()
            }),
            LimiterModel::FixedWindow => Box::new(models::FixedWindow {
                capacity,
                length: window,
                ..Default::default()
            }),
            LimiterModel::SlidingLog => Box::new(models::SlidingLog {
                capacity: usize::try_from(config.capacity).unwrap_or(usize::MAX),
                window,
                ..Default::default()
            }),
        };
        Self {
            config,
            start,
            latest: 0.0,
            count,
            foreign: foreign::Arrivals::new(config.foreign_rate, 2.0 * window, seed),
        }
    }

    /// Returns the current use, for the answer to a call that doesn't count.
    pub(crate) fn level(&mut self, now: Timestamp) -> Decision {
        let now = self.advance(now);
        self.decision(now, None)
    }

    /// Counts a call, or rejects it.
    pub(crate) fn call(&mut self, now: Timestamp) -> Decision {
        let now = self.advance(now);
        if self.has_room(now) {
            self.count.add(now);
            return self.decision(now, None);
        }
        if self.config.count_rejected {
            self.count.add(now);
        }
        let level = match self.config.retry_after {
            RetryAfter::OneSlot => self.capacity() - 1.0,
            RetryAfter::EmptyBucket => 0.0,
        };
        // Rounded up, so that a client finds room after the wait.
        let wait = self.count.until(now, level).ceil().max(1.0);
        self.decision(now, Some(wait as u64))
    }

    fn capacity(&self) -> f64 {
        f64::from(self.config.capacity)
    }

    fn has_room(&mut self, now: f64) -> bool {
        // The tolerance covers rounding errors, so that a client that waits exactly as
        // long as needed finds room.
        self.count.used(now) + 1.0 <= self.capacity() + 1e-9
    }

    fn decision(&mut self, now: f64, retry_after: Option<u64>) -> Decision {
        Decision {
            used: (self.count.used(now) - 1e-9).ceil().max(0.0) as u32,
            limit: self.config.capacity,
            retry_after,
        }
    }

    /// Returns the seconds since the start, after counting the calls of other
    /// clients until then. If the system clock is set back, the time stands
    /// still.
    fn advance(&mut self, now: Timestamp) -> f64 {
        let micros = now.micros().saturating_sub(self.start.micros());
        self.latest = self.latest.max(micros as f64 / 1e6);
        while let Some(at) = self.foreign.next_before(self.latest) {
            if self.has_room(at) {
                self.count.add(at);
            }
        }
        self.latest
    }
}

#[cfg(test)]
mod tests;
