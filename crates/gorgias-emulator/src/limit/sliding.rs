//! Keeps the times of the calls in the last window.

use std::collections::VecDeque;

use super::Count;

#[derive(Debug)]
pub(super) struct SlidingLog {
    capacity: usize,
    window: f64,
    calls: VecDeque<f64>,
}

impl SlidingLog {
    pub(super) fn new(capacity: u32, window: f64) -> Self {
        Self {
            capacity: usize::try_from(capacity).unwrap_or(usize::MAX),
            window,
            calls: VecDeque::new(),
        }
    }
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
