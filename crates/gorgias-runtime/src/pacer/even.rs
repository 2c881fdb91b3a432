//! A fixed pace.

use super::governor::{Decision, Governor, LONGEST_PAUSE, Reading};
use super::lane::Lane;

/// One request per step, and a pause after a 429.
#[derive(Debug)]
pub(crate) struct Even {
    step: f64,
    next_at: f64,
    paused_until: f64,
    number: u64,
}

impl Even {
    /// `step` is in seconds and above zero.
    pub(crate) fn new(step: f64) -> Self {
        Self {
            step,
            next_at: 0.0,
            paused_until: 0.0,
            number: 0,
        }
    }
}

impl Governor for Even {
    fn decide(&mut self, _lane: Lane, now: f64) -> Decision {
        let ready = self.next_at.max(self.paused_until);
        if ready > now {
            return Decision::Wait(ready.max(now + 1e-3));
        }
        self.next_at = now + self.step;
        self.number = self.number.saturating_add(1);
        Decision::Send(self.number)
    }

    fn answered(&mut self, _number: u64, reading: Reading, now: f64) {
        if reading.throttled {
            let pause = reading
                .retry_after
                .unwrap_or(self.step)
                .clamp(0.0, LONGEST_PAUSE);
            self.paused_until = self.paused_until.max(now + pause);
        }
    }

    fn unanswered(&mut self, _number: u64, _now: f64) {}

    fn take_back(&mut self, number: u64, now: f64) {
        if number == self.number {
            self.next_at = now;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn throttled(retry_after: Option<f64>) -> Reading {
        Reading {
            throttled: true,
            retry_after,
            ..Reading::default()
        }
    }

    #[test]
    fn requests_are_a_step_apart() {
        let mut even = Even::new(0.5);
        assert_eq!(even.decide(Lane::Bulk, 1.0), Decision::Send(1));
        assert_eq!(even.decide(Lane::Interactive, 1.2), Decision::Wait(1.5));
        assert_eq!(even.decide(Lane::Bulk, 1.5), Decision::Send(2));
        // A rest is not saved up.
        assert_eq!(even.decide(Lane::Bulk, 9.0), Decision::Send(3));
        assert_eq!(even.decide(Lane::Bulk, 9.0), Decision::Wait(9.5));
    }

    #[test]
    fn a_slot_that_was_not_used_is_free_again() {
        let mut even = Even::new(10.0);
        assert_eq!(even.decide(Lane::Bulk, 0.0), Decision::Send(1));
        even.take_back(1, 1.0);
        assert_eq!(even.decide(Lane::Bulk, 1.0), Decision::Send(2));
    }

    #[test]
    fn a_429_pauses_and_absurd_waits_are_cut() {
        let mut even = Even::new(0.5);
        even.answered(1, throttled(Some(7.0)), 1.0);
        assert_eq!(even.decide(Lane::Bulk, 2.0), Decision::Wait(8.0));
        even.answered(1, throttled(None), 2.0);
        assert_eq!(even.decide(Lane::Bulk, 2.0), Decision::Wait(8.0));
        even.answered(1, throttled(Some(f64::INFINITY)), 2.0);
        assert_eq!(even.decide(Lane::Bulk, 2.0), Decision::Wait(122.0));
    }
}
