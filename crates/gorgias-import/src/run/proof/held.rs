//! Lines that wait until they may be sent.

use std::collections::VecDeque;

use tokio::time::Instant;

use crate::line::Checked;

/// So many lines after one that was sent by another process, and as many more
/// as are sent at the same time, may have been sent by it too.
const SPAN: usize = 32;

/// A line without a known ticket.
#[derive(Debug)]
pub(in crate::run) struct Proven {
    pub(in crate::run) checked: Checked,
    /// When it was proven absent, if it was.
    pub(in crate::run) at: Option<Instant>,
    /// Whether its ticket may be too young for the list.
    pub(in crate::run) may_be_young: bool,
}

/// Lines in their order. Each waits until some of those after it were proven
/// too: when one of these has a ticket, its own may be too young for the list.
#[derive(Debug)]
pub(in crate::run) struct Held {
    lines: VecDeque<Proven>,
    concurrency: usize,
    /// So many of the next lines are near one that has a ticket.
    near: usize,
}

impl Held {
    pub(in crate::run) fn new(concurrency: usize) -> Self {
        Self {
            lines: VecDeque::new(),
            concurrency,
            near: 0,
        }
    }

    pub(in crate::run) fn len(&self) -> usize {
        self.lines.len()
    }

    pub(in crate::run) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    pub(in crate::run) fn clear(&mut self) {
        self.lines.clear();
    }

    /// Takes the next line, which has no known ticket.
    pub(in crate::run) fn push(&mut self, checked: Checked, at: Option<Instant>) {
        self.lines.push_back(Proven {
            checked,
            at,
            may_be_young: self.near > 0,
        });
        self.near = self.near.saturating_sub(1);
    }

    /// The next line has a ticket that another process sent.
    pub(in crate::run) fn found(&mut self) {
        self.near = self.concurrency.saturating_add(SPAN);
        for line in &mut self.lines {
            line.may_be_young = true;
        }
    }

    /// A line that has waited enough: all of them, if none has to.
    pub(in crate::run) fn pop(&mut self, wait: bool) -> Option<Proven> {
        let least = if wait { self.concurrency } else { 0 };
        (self.lines.len() > least)
            .then(|| self.lines.pop_front())
            .flatten()
    }
}
