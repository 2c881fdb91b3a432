//! Writes that were accepted and are applied later.

use std::time::Duration;

use super::State;
use crate::routes::Call;
use crate::timestamp::Timestamp;

/// When a delayed write is applied.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Late {
    /// This long after the write arrived.
    After(Duration),
    /// When the rule with this number is removed.
    WhenOver(u64),
}

/// The delayed writes, in the order of arrival.
#[derive(Default)]
pub(super) struct Queue(Vec<(Late, Call)>);

impl Queue {
    /// Delays a write.
    pub(super) fn postpone(&mut self, late: Late, call: Call) {
        self.0.push((late, call));
    }

    /// Makes writes due: those that wait for the end of this rule, or with `None` those
    /// that wait for the end of any rule.
    pub(super) fn release(&mut self, rule: Option<u64>, now: Timestamp) {
        for (late, call) in &mut self.0 {
            if let Late::WhenOver(of) = late
                && rule.is_none_or(|rule| rule == *of)
            {
                *late = Late::After(Duration::ZERO);
                call.now = now;
            }
        }
    }

    /// Returns when the next write is due, and its place in the queue.
    fn next(&self) -> Option<(Timestamp, usize)> {
        let calls = self.0.iter().enumerate();
        let due = calls.filter_map(|(place, (late, call))| match late {
            Late::After(time) => Some((call.now.after(*time), place)),
            Late::WhenOver(_) => None,
        });
        due.min()
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}

impl State {
    /// Applies the writes and the enrichments of tickets that are due by `now`, in the
    /// order of the times at which they are due. Each is applied as of its own time.
    pub(super) fn settle(&mut self, now: Timestamp) {
        loop {
            let write = self.queue.next().filter(|(due, _)| *due <= now);
            let enrichment = self.store.next_enrichment().filter(|due| *due <= now);
            match (write, enrichment) {
                (None, None) => return,
                (Some((due, place)), enrichment) if enrichment.is_none_or(|at| due <= at) => {
                    let (_, mut call) = self.queue.0.remove(place);
                    call.now = due;
                    // The answer, even a refusal, is dropped: the client doesn't
                    // wait for it.
                    let _ = call.apply(&mut self.store);
                }
                _ => self.store.apply_enrichment(),
            }
        }
    }
}
