//! The clock of the journal, in milliseconds since 1970.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A moment or a length of time, in milliseconds. A moment is counted from 1970 by the
/// system's clock, because all processes that share a file have to agree on it.
pub(crate) type Millis = i64;

/// The source of the time.
#[derive(Clone)]
pub(crate) struct Clock(Arc<dyn Fn() -> Millis + Send + Sync>);

impl Clock {
    pub(crate) fn system() -> Self {
        Self(Arc::new(|| {
            let since = SystemTime::now().duration_since(UNIX_EPOCH);
            millis(since.unwrap_or_default())
        }))
    }

    /// Creates a clock that starts at a time and advances with tokio's clock.
    #[cfg(any(test, feature = "test-util"))]
    pub(crate) fn tokio(start: SystemTime) -> Self {
        let start = millis(start.duration_since(UNIX_EPOCH).unwrap_or_default());
        let origin = tokio::time::Instant::now();
        Self(Arc::new(move || {
            start.saturating_add(millis(origin.elapsed()))
        }))
    }

    #[cfg(test)]
    pub(crate) fn new(now: impl Fn() -> Millis + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    pub(crate) fn now(&self) -> Millis {
        (self.0)()
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clock")
    }
}

pub(crate) fn system_time(at: Millis) -> SystemTime {
    UNIX_EPOCH.checked_add(duration(at)).unwrap_or(UNIX_EPOCH)
}

/// Converts a length of time. A negative length becomes zero.
pub(crate) fn duration(length: Millis) -> Duration {
    Duration::from_millis(u64::try_from(length).unwrap_or_default())
}

pub(crate) fn millis(duration: Duration) -> Millis {
    Millis::try_from(duration.as_millis()).unwrap_or(Millis::MAX)
}
