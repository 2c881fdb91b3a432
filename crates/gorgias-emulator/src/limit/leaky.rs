//! Counts calls in a leaky bucket, used as a meter.

use super::Count;

#[derive(Debug)]
pub(super) struct LeakyBucket {
    capacity: f64,
    /// The calls per second that leak out.
    leak: f64,
    level: f64,
    at: f64,
}

impl LeakyBucket {
    pub(super) fn new(capacity: f64, window: f64) -> Self {
        Self {
            capacity,
            leak: capacity / window,
            level: 0.0,
            at: 0.0,
        }
    }
}

impl Count for LeakyBucket {
    fn used(&mut self, now: f64) -> f64 {
        self.level = (self.level - (now - self.at) * self.leak).max(0.0);
        self.at = now;
        self.level
    }

    fn add(&mut self, now: f64) {
        // A bucket that is full stays full.
        self.level = (self.used(now) + 1.0).min(self.capacity);
    }

    fn until(&mut self, now: f64, level: f64) -> f64 {
        (self.used(now) - level).max(0.0) / self.leak
    }
}
