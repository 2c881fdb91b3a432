//! How many retries the calls of a client may make together.

use std::sync::atomic::{AtomicU32, Ordering};

/// What a full budget holds.
const FULL: u32 = 500;

/// What one retry takes. A full budget lasts for 100 of them.
const COST: u32 = 5;

/// What a call that succeeds puts back.
const REFUND: u32 = 1;

/// A store of retries. Each takes more than a success puts back, so that when
/// most calls fail, most are not repeated.
#[derive(Debug)]
pub(crate) struct Budget(AtomicU32);

impl Budget {
    pub(crate) fn new() -> Self {
        Self(AtomicU32::new(FULL))
    }

    /// Takes what one retry costs, if there is that much.
    pub(crate) fn take(&self) -> bool {
        self.update(|left| left.checked_sub(COST))
    }

    /// Puts back a little after a success.
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
