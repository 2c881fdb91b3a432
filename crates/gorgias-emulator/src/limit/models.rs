//! The three ways to count calls.

use std::collections::VecDeque;

use super::Count;

/// Counts calls as the level of a leaky bucket.
#[derive(Debug, Default)]
pub(super) struct LeakyBucket {
    pub(super) capacity: f64,
    /// The calls per second that leak out.
    pub(super) leak: f64,
    pub(super) level: f64,
    pub(super) at: f64,
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

/// Counts calls per fixed window. Windows follow each other from the emulator's
/// start.
#[derive(Debug, Default)]
pub(super) struct FixedWindow {
    pub(super) capacity: f64,
    pub(super) length: f64,
    pub(super) number: f64,
    pub(super) used: f64,
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

/// Keeps the times of the calls in the last window.
#[derive(Debug, Default)]
pub(super) struct SlidingLog {
    pub(super) capacity: usize,
    pub(super) window: f64,
    pub(super) calls: VecDeque<f64>,
}

impl Count for SlidingLog {
    fn used(&mut self, now: f64) -> f64 {
        while self.calls.front().is_some_and(|at| at + self.window <= now) {
            self.calls.pop_front();
        }
        self.calls.len() as f64
    }

    fn add(&mut self, now: f64) {
        // Only the newest calls decide when there is room again, so older ones
        // are dropped.
        if self.calls.len() >= self.capacity {
            self.calls.pop_front();
        }
        self.calls.push_back(now);
    }

    fn until(&mut self, now: f64, level: f64) -> f64 {
        let excess = self.used(now) - level;
        if excess <= 0.0 {
            return 0.0;
        }
        let last = self.calls.get((excess.ceil() as usize).saturating_sub(1));
        last.map_or(self.window, |at| at + self.window - now)
    }
}
