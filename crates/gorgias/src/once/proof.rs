//! Decides what has to be proven before a request is sent again.

use std::time::Duration;

use tokio::time::Instant;

use super::claim_key::Before;
use crate::journal::Left;
use crate::settle_policy::{Resend, SettlePolicy};

impl SettlePolicy {
    /// An earlier claim may have sent a request. Returns for how long, by this
    /// process's clock, the service has to prove that the resource is absent before
    /// the request is sent again. Returns `None` if a call that ends at `end` may
    /// not send the request again.
    pub(super) fn proof_before_resending(&self, before: Before, end: Instant) -> Option<Duration> {
        let settle_time = self.settle_time();
        let least = settle_time.saturating_add(before.may_run);
        match (before.left, self.resend) {
            (Left::Applied, _) => None,
            (Left::Freed, _) => Some(before.may_run),
            (Left::Interrupted, Resend::Interrupted | Resend::AfterQuiet(_)) => Some(least),
            (Left::InDoubt, Resend::AfterQuiet(quiet)) => {
                let too_young = quiet.max(settle_time).saturating_sub(before.age);
                let needed = least.max(too_young);
                let over = Instant::now().checked_add(needed);
                over.is_some_and(|over| over < end).then_some(needed)
            }
            (Left::Interrupted | Left::InDoubt, _) => None,
        }
    }
}
