//! The retry budget that the calls of a client share.

use std::sync::atomic::{AtomicU32, Ordering};

/// The tokens in a full budget. This and the two figures below are those of the
/// AWS SDKs' standard retry mode.
const FULL: u32 = 500;

/// The tokens that one retry takes. A full budget lasts for 100 retries.
const COST: u32 = 5;

/// The tokens that a success puts back: after an outage, one retry for every
/// five successes.
const REFUND: u32 = 1;

/// A token bucket for retries. A retry takes more than a success puts back, so
/// that most calls are not repeated while most calls fail.
#[derive(Debug)]
pub(crate) struct Budget(AtomicU32);

impl Budget {
    pub(crate) fn new() -> Self {
        Self(AtomicU32::new(FULL))
    }

    /// Takes the tokens of one retry. Returns false if there are not enough.
    pub(crate) fn take(&self) -> bool {
        self.update(|left| left.checked_sub(COST))
    }

    /// Puts back the tokens of one success.
    pub(crate) fn refund(&self) {
        self.update(|left| Some(left.saturating_add(REFUND).min(FULL)));
    }

    fn update(&self, change: impl FnMut(u32) -> Option<u32>) -> bool {
        self.0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, change)
            .is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_budget_lasts_for_a_hundred_retries() {
        let budget = Budget::new();
        assert_eq!((0..200).filter(|_| budget.take()).count(), 100);
    }

    #[test]
    fn successes_earn_retries_back_up_to_a_full_budget() {
        let budget = Budget::new();
        while budget.take() {}
        for _ in 0..4 {
            budget.refund();
        }
        assert!(!budget.take());
        budget.refund();
        assert!(budget.take());
        for _ in 0..10_000 {
            budget.refund();
        }
        assert_eq!((0..200).filter(|_| budget.take()).count(), 100);
    }
}
