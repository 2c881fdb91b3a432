//! Converts between tokio's clock and the seconds since a pacer was created. The
//! pacer's state machine gets the time in these seconds.

use std::time::Duration;

use tokio::time::Instant;

#[derive(Clone, Copy, Debug)]
pub(super) struct Clock(Instant);

impl Clock {
    pub fn start() -> Self {
        Self(Instant::now())
    }

    pub fn now(self) -> f64 {
        self.0.elapsed().as_secs_f64()
    }

    /// Returns the instant of a number of seconds, rounded up.
    pub fn instant(self, at: f64) -> Instant {
        let since = Duration::try_from_secs_f64(at).unwrap_or_default();
        let since = since.saturating_add(Duration::from_nanos(1));
        self.0.checked_add(since).unwrap_or_else(Instant::now)
    }
}
