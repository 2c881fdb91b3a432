//! Counts lines by outcome.

use crate::report::LineOutcome;

/// The number of lines of each outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) total: u64,
    pub(crate) created: u64,
    pub(crate) found: u64,
    pub(crate) rejected: u64,
    pub(crate) in_doubt: u64,
    pub(crate) unsent: u64,
}

impl Counts {
    pub(crate) fn add(&mut self, outcome: &LineOutcome) {
        let count = match outcome {
            LineOutcome::Created { .. } => &mut self.created,
            LineOutcome::Found { .. } => &mut self.found,
            LineOutcome::Rejected(_) => &mut self.rejected,
            LineOutcome::InDoubt { .. } => &mut self.in_doubt,
            LineOutcome::Unsent => &mut self.unsent,
        };
        *count = count.saturating_add(1);
        self.total = self.total.saturating_add(1);
    }
}
