//! The governor of a fixed pace.

use std::time::Duration;

use super::governor::{Decision, Governor};
use super::lane::Lane;

/// Allows one request per step.
#[derive(Debug)]
pub(crate) struct Even {
    /// The time between two requests, in seconds.
    step: f64,
    next_at: f64,
    number: u64,
}

impl Even {
    /// Creates a governor. `step` must be above zero.
    pub(crate) fn new(step: Duration) -> Self {
        Self {
            step: step.as_secs_f64(),
            next_at: 0.0,
            number: 0,
        }
    }
}

impl Governor for Even {
    fn decide(&mut self, _lane: Lane, now: f64) -> Decision {
        if self.next_at > now {
            return Decision::Wait(self.next_at.max(now + 1e-3));
        }
        self.next_at = now + self.step;
        self.number = self.number.saturating_add(1);
        Decision::Send(self.number)
    }

    fn take_back(&mut self, number: u64, now: f64) {
        if number == self.number {
            self.next_at = now;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_a_step_apart() {
        let mut even = Even::new(Duration::from_millis(500));
        assert_eq!(even.decide(Lane::Bulk, 1.0), Decision::Send(1));
        assert_eq!(even.decide(Lane::Interactive, 1.2), Decision::Wait(1.5));
        assert_eq!(even.decide(Lane::Bulk, 1.5), Decision::Send(2));
        // A rest is not saved up.
        assert_eq!(even.decide(Lane::Bulk, 9.0), Decision::Send(3));
        assert_eq!(even.decide(Lane::Bulk, 9.0), Decision::Wait(9.5));
    }

    #[test]
    fn a_slot_that_was_not_used_is_free_again() {
        let mut even = Even::new(Duration::from_secs(10));
        assert_eq!(even.decide(Lane::Bulk, 0.0), Decision::Send(1));
        even.take_back(1, 1.0);
        assert_eq!(even.decide(Lane::Bulk, 1.0), Decision::Send(2));
    }
}
