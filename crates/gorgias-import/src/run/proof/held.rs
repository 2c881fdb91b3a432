//! Holds lines until they may be sent.

use std::collections::VecDeque;

use tokio::time::Instant;

use crate::line::Checked;

/// If another process sent a line, it may also have sent the lines after that line: as many as
/// the concurrency, and this many more.
const SPAN: usize = 32;

/// A held line. No ticket of it is known.
#[derive(Debug)]
pub(in crate::run) struct HeldLine {
    pub(in crate::run) checked: Checked,
    /// When the service proved that the line has no ticket. `None` if it wasn't asked.
    pub(in crate::run) absent_at: Option<Instant>,
    /// Whether the line may have a ticket that is too new for the list.
    pub(in crate::run) may_have_new_ticket: bool,
}

/// Held lines, in order. Each waits until it is known whether some lines after it have
/// tickets. If one of them has, the held line may have a ticket that is too new for the
/// list.
#[derive(Debug)]
pub(in crate::run) struct Held {
    lines: VecDeque<HeldLine>,
    concurrency: usize,
    /// The number of the next lines that count as near a line that another process sent.
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

    /// Adds the next line.
    pub(in crate::run) fn push(&mut self, checked: Checked, absent_at: Option<Instant>) {
        self.lines.push_back(HeldLine {
            checked,
            absent_at,
            may_have_new_ticket: self.near > 0,
        });
        self.near = self.near.saturating_sub(1);
    }

    /// Notes that a line has a ticket that another process sent. The held lines, and those
    /// that follow, may then have tickets that are too new for the list.
    pub(in crate::run) fn note_found(&mut self) {
        self.near = self.concurrency.saturating_add(SPAN);
        for line in &mut self.lines {
            line.may_have_new_ticket = true;
        }
    }

    /// Removes the first line. With `wait`, only if enough lines came after it.
    pub(in crate::run) fn pop(&mut self, wait: bool) -> Option<HeldLine> {
        if wait && self.lines.len() <= self.concurrency {
            return None;
        }
        self.lines.pop_front()
    }
}
