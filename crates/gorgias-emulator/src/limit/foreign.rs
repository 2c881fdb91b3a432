//! Simulated calls of other clients of the account.

use crate::ids::SplitMix64;

/// Arrivals of calls at random times, with an average rate (a Poisson process).
#[derive(Debug)]
pub(super) struct Arrivals {
    rate: f64,
    /// The seconds after which a call no longer counts under any model.
    memory: f64,
    next: f64,
    random: SplitMix64,
}

impl Arrivals {
    pub(super) fn new(rate: f64, memory: f64, seed: u64) -> Self {
        // The seed is changed, so that the random numbers differ from those of the ids.
        let mut arrivals = Self {
            rate,
            memory,
            next: 0.0,
            random: SplitMix64::new(seed ^ 0x666f_7265_6967_6e00),
        };
        arrivals.next = arrivals.gap();
        arrivals
    }

    fn gap(&mut self) -> f64 {
        if self.rate > 0.0 {
            -(1.0 - self.random.next_unit()).ln() / self.rate
        } else {
            f64::INFINITY
        }
    }

    /// Returns the next arrival up to `now`. After a long pause, arrivals that
    /// no longer count are skipped.
    pub(super) fn next_before(&mut self, now: f64) -> Option<f64> {
        if self.next > now {
            return None;
        }
        if self.next < now - self.memory {
            self.next = now - self.memory;
        }
        let at = self.next;
        self.next += self.gap();
        Some(at)
    }
}
