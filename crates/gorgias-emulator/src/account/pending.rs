//! Writes that were accepted and are applied later.

use std::collections::BTreeMap;
use std::time::Duration;

use super::State;
use crate::routes::{Call, CallResult, Handler};
use crate::store::Store;
use crate::timestamp::Timestamp;

/// When a delayed write is applied.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Late {
    /// So long after it arrived.
    After(Duration),
    /// When the rule with this number is removed.
    WhenOver(u64),
}

/// A write that may be delayed.
#[derive(Clone)]
pub(super) struct Pending {
    pub(super) handler: Handler,
    pub(super) call: Call,
}

impl Pending {
    pub(super) fn apply(&self, store: &mut Store) -> CallResult {
        (self.handler)(store, &self.call)
    }
}

/// The delayed writes.
#[derive(Default)]
pub(super) struct Queue {
    /// In the order of the times when they are due, then of arrival.
    due: BTreeMap<(Timestamp, u64), Pending>,
    postponed: u64,
    /// With the number of the rule whose end they wait for, in the order of
    /// arrival.
    held: Vec<(u64, Pending)>,
}

impl Queue {
    /// Delays a write.
    pub(super) fn postpone(&mut self, late: Late, now: Timestamp, write: Pending) {
        match late {
            Late::After(time) => self.insert(now.after(time), write),
            Late::WhenOver(rule) => self.held.push((rule, write)),
        }
    }

    fn insert(&mut self, due: Timestamp, write: Pending) {
        self.postponed = self.postponed.saturating_add(1);
        self.due.insert((due, self.postponed), write);
    }

    /// Makes the writes due that wait for the end of a rule, or of any rule.
    pub(super) fn release(&mut self, rule: Option<u64>, now: Timestamp) {
        let is_over = |(of, _): &mut (u64, Pending)| rule.is_none_or(|rule| rule == *of);
        let released: Vec<_> = self.held.extract_if(.., is_over).collect();
        for (_, write) in released {
            self.insert(now, write);
        }
    }

    fn next(&self) -> Option<Timestamp> {
        self.due.first_key_value().map(|(&(due, _), _)| due)
    }

    pub(super) fn len(&self) -> usize {
        self.due.len().saturating_add(self.held.len())
    }
}

impl State {
    /// Applies the writes that are due by `now`, each at its own time and in
    /// that order.
    pub(super) fn settle(&mut self, now: Timestamp) {
        let due = |at: &Timestamp| *at <= now;
        loop {
            let write = self.queue.next().filter(due);
            let enrichment = self.store.next_enrichment().filter(due);
            match (write, enrichment) {
                (None, None) => return,
                (Some(write), enrichment) if enrichment.is_none_or(|at| write <= at) => {
                    self.apply_next();
                }
                _ => self.store.apply_enrichment(),
            }
        }
    }

    fn apply_next(&mut self) {
        if let Some(((due, _), mut write)) = self.queue.due.pop_first() {
            write.call.now = due;
            // The answer, even a refusal, is dropped: the client doesn't wait
            // for it.
            let _ = write.apply(&mut self.store);
        }
    }
}
