//! The emulator's only source of time.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime};

use chrono::{DateTime, Utc};
use tokio::time::Instant;

/// The source of an emulator's time: for the datetimes it writes, its rate
/// limiter and its exchange log.
///
/// A clone shows the same time as the original. The default of an emulator is
/// [`Clock::tokio`] from a fixed start, so that a test under paused tokio time
/// sees the same bytes on every run.
///
/// ```
/// use std::time::Duration;
/// use gorgias_emulator::Clock;
///
/// let clock = Clock::manual(Clock::EPOCH);
/// clock.advance(Duration::from_secs(20));
/// assert_eq!((clock.now() - Clock::EPOCH).num_seconds(), 20);
/// ```
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    System,
    Tokio {
        start: DateTime<Utc>,
        origin: Instant,
    },
    Manual(Arc<AtomicI64>),
}

impl Clock {
    /// The time at which the default clock starts: 2026-01-05 09:00:00 UTC.
    pub const EPOCH: DateTime<Utc> = match DateTime::from_timestamp(1_767_603_600, 0) {
        Some(at) => at,
        None => DateTime::<Utc>::UNIX_EPOCH,
    };

    /// The machine's clock.
    #[must_use]
    pub fn system() -> Self {
        Self(Source::System)
    }

    /// Makes a clock that shows `start` now and advances with `tokio::time`:
    /// with real time, or with virtual time in a runtime whose time is paused.
    ///
    /// Call it inside the runtime whose time the clock follows.
    #[must_use]
    pub fn tokio(start: DateTime<Utc>) -> Self {
        Self(Source::Tokio {
            start,
            origin: Instant::now(),
        })
    }

    /// Makes a clock that stands at `start` until [`advance`](Self::advance)
    /// moves it.
    #[must_use]
    pub fn manual(start: DateTime<Utc>) -> Self {
        Self(Source::Manual(Arc::new(AtomicI64::new(
            start.timestamp_micros(),
        ))))
    }

    /// The time that the clock shows, to the microsecond.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        match &self.0 {
            Source::System => DateTime::from(SystemTime::now()),
            Source::Tokio { start, origin } => {
                let elapsed = Instant::now().saturating_duration_since(*origin);
                let elapsed = chrono::Duration::from_std(elapsed).ok();
                let now = elapsed.and_then(|elapsed| start.checked_add_signed(elapsed));
                now.unwrap_or(*start)
            }
            Source::Manual(micros) => {
                DateTime::from_timestamp_micros(micros.load(Ordering::SeqCst)).unwrap_or_default()
            }
        }
    }

    /// Moves a manual clock forward. Other clocks don't change.
    pub fn advance(&self, by: Duration) {
        if let Source::Manual(micros) = &self.0 {
            let by = i64::try_from(by.as_micros()).unwrap_or(i64::MAX);
            micros.fetch_add(by, Ordering::SeqCst);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_epoch_is_the_documented_one() {
        assert_eq!(Clock::EPOCH.to_rfc3339(), "2026-01-05T09:00:00+00:00");
    }

    #[tokio::test(start_paused = true)]
    async fn a_tokio_clock_follows_virtual_time() {
        let clock = Clock::tokio(Clock::EPOCH);
        tokio::time::advance(Duration::from_secs(3600)).await;
        assert_eq!(clock.now().to_rfc3339(), "2026-01-05T10:00:00+00:00");
    }
}
