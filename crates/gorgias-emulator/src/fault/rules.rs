//! The rules of an emulator, and which of them applies to a request.

use super::info::Applied;
use super::rule::{Candidate, FaultRule};
use super::settings::{Fault, FaultId};
use super::window::InForce;
use crate::ids::SplitMix64;
use crate::timestamp::Timestamp;

/// A rule that was added and not removed, with its counts.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ActiveFault {
    /// The id of the rule.
    pub id: FaultId,
    /// The rule.
    pub rule: FaultRule,
    /// The number of requests that met the rule's conditions, without regard to
    /// [`nth`](FaultRule::nth) and [`probability`](FaultRule::probability). On a socket,
    /// a fault that happens before a request is read counts connections instead.
    pub seen: u64,
    /// How many times the fault happened.
    pub happened: u64,
    added: Timestamp,
}

impl ActiveFault {
    /// Returns the rule's fault. If it is known when the rule ends, a write that waits
    /// for the end of the rule is applied after the remaining time.
    fn fault(&self, in_force: InForce) -> Fault {
        let mut fault = self.rule.fault.clone();
        fault.rule = Some(self.id);
        if let (Some(Applied::WhenOver), InForce::For(left)) = (fault.applied, in_force) {
            fault.applied = Some(Applied::After(left));
        }
        fault
    }
}

/// The rules of one emulator, in the order they were added.
#[derive(Debug)]
pub(crate) struct Rules {
    rules: Vec<ActiveFault>,
    next: u64,
    random: SplitMix64,
}

impl Rules {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            rules: Vec::new(),
            next: 1,
            // The seed is changed, so that the random numbers differ from those of the
            // ids.
            random: SplitMix64::new(seed ^ 0x6661_756c_7473_0000),
        }
    }

    pub(crate) fn add(&mut self, rule: FaultRule, now: Timestamp) -> FaultId {
        let id = FaultId(self.next);
        self.next = self.next.saturating_add(1);
        self.rules.push(ActiveFault {
            id,
            rule,
            seen: 0,
            happened: 0,
            added: now,
        });
        id
    }

    pub(crate) fn remove(&mut self, id: FaultId) -> bool {
        let before = self.rules.len();
        self.rules.retain(|active| active.id != id);
        self.rules.len() < before
    }

    pub(crate) fn clear(&mut self) {
        self.rules.clear();
    }

    pub(super) fn has(&self, id: FaultId) -> bool {
        self.rules.iter().any(|active| active.id == id)
    }

    pub(crate) fn active(&self) -> &[ActiveFault] {
        &self.rules
    }

    /// Returns the fault for a candidate. Every rule that matches counts the
    /// candidate, and the first one that is due applies.
    pub(crate) fn take(&mut self, candidate: Candidate<'_>, now: Timestamp) -> Option<Fault> {
        let mut taken = None;
        for active in &mut self.rules {
            let in_force = active.rule.window.at(now.since(active.added));
            if in_force == InForce::No || !active.rule.matches(candidate) {
                continue;
            }
            active.seen = active.seen.saturating_add(1);
            let left = active
                .rule
                .times
                .is_none_or(|times| active.happened < times);
            let due = left && active.seen >= active.rule.nth;
            // The random number is drawn even when another rule was first, so
            // that adding a rule doesn't change when others happen.
            let rolled = match active.rule.probability {
                Some(probability) => self.random.next_unit() < probability,
                None => true,
            };
            if due && rolled && taken.is_none() {
                active.happened = active.happened.saturating_add(1);
                taken = Some(active.fault(in_force));
            }
        }
        taken
    }
}
