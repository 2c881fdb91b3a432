//! Creates that were accepted and are applied later.

use std::time::Duration;

use super::Store;
use super::create::Context;
use crate::timestamp::Timestamp;
use crate::wire::request::NewTicket;

/// One create that waits.
#[derive(Debug)]
pub(crate) struct Pending {
    pub(crate) new: NewTicket,
    pub(crate) caller: Option<String>,
    pub(crate) visibility_lag: Duration,
}

impl Store {
    /// Applies a create when it is due, not before.
    pub(crate) fn postpone(&mut self, due: Timestamp, pending: Pending) {
        self.postponed = self.postponed.saturating_add(1);
        self.pending.insert((due, self.postponed), pending);
    }

    /// Applies a create when the rule of this number is over.
    pub(crate) fn hold(&mut self, rule: u64, pending: Pending) {
        self.held.push((rule, pending));
    }

    /// Applies what waits for the end of this rule, or of any.
    pub(crate) fn release(&mut self, rule: Option<u64>, now: Timestamp) {
        let is_over = |(of, _): &mut (u64, Pending)| rule.is_none_or(|rule| rule == *of);
        let released: Vec<_> = self.held.extract_if(.., is_over).collect();
        for (_, pending) in released {
            self.postpone(now, pending);
        }
        self.settle(now);
    }

    /// When the next of them is due.
    pub(super) fn next_pending(&self) -> Option<Timestamp> {
        self.pending.first_key_value().map(|(&(due, _), _)| due)
    }

    /// Applies the next of them.
    pub(super) fn apply_pending(&mut self) {
        let Some(((due, _), pending)) = self.pending.pop_first() else {
            return;
        };
        let context = Context {
            caller: pending.caller.as_deref(),
            now: due,
            visible: due.after(pending.visibility_lag),
        };
        // Nobody waits for the answer, be it a refusal.
        let _ = self.create(pending.new, context);
    }

    /// How many creates are still to be applied.
    pub(crate) fn pending_count(&self) -> usize {
        self.pending.len().saturating_add(self.held.len())
    }
}
