//! Holds lines until they may be sent.

use std::collections::VecDeque;

use tokio::time::Instant;

use crate::line::Checked;

/// How many lines after one with a ticket may have a ticket too, beyond the
/// concurrency: the other process that sent the one may have sent these as
/// well.
const SPAN: usize = 32;

/// A held line, without a known ticket.
#[derive(Debug)]
pub(in crate::run) struct Proven {
    pub(in crate::run) checked: Checked,
    /// When its ticket was proven absent, if it was.
    pub(in crate::run) at: Option<Instant>,
    /// Whether its ticket may be too new for the list.
    pub(in crate::run) may_be_young: bool,
}

/// Held lines, in order. Each waits until some lines after it are proven too.
/// If one of these has a ticket, the held line may have one that is too new for
/// the list.
#[derive(Debug)]
pub(in crate::run) struct Held {
    lines: VecDeque<Proven>,
    concurrency: usize,
    /// How many of the next lines are near one that has a ticket.
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

    /// Adds the next line, which has no known ticket.
    pub(in crate::run) fn push(&mut self, checked: Checked, at: Option<Instant>) {
        self.lines.push_back(Proven {
            checked,
            at,
            may_be_young: self.near > 0,
        });
        self.near = self.near.saturating_sub(1);
    }

    /// Notes that the next line has a ticket that another process sent.
    pub(in crate::run) fn found(&mut self) {
        self.near = self.concurrency.saturating_add(SPAN);
        for line in &mut self.lines {
            line.may_be_young = true;
        }
    }

    /// Removes the first line if it has waited long enough; without `wait`, any
    /// line.
    pub(in crate::run) fn pop(&mut self, wait: bool) -> Option<Proven> {
        let least = if wait { self.concurrency } else { 0 };
        (self.lines.len() > least)
            .then(|| self.lines.pop_front())
            .flatten()
    }
}
