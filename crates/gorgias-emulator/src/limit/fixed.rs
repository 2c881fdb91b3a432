//! Counts calls per fixed window. Windows follow each other from the emulator's
//! start.

use super::Count;

#[derive(Debug)]
pub(super) struct FixedWindow {
    capacity: f64,
    length: f64,
    number: f64,
    used: f64,
}

impl FixedWindow {
    pub(super) fn new(capacity: f64, length: f64) -> Self {
        Self {
            capacity,
            length,
            number: 0.0,
            used: 0.0,
        }
    }
}

impl Count for FixedWindow {
    fn used(&mut self, now: f64) -> f64 {
        let number = (now / self.length).floor();
        if number > self.number {
            self.number = number;
            self.used = 0.0;
        }
        self.used
    }

    fn add(&mut self, now: f64) {
        self.used = (self.used(now) + 1.0).min(self.capacity);
    }

    fn until(&mut self, now: f64, level: f64) -> f64 {
        if self.used(now) <= level {
            return 0.0;
        }
        (self.number + 1.0) * self.length - now
    }
}
