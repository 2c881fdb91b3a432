//! Decides how to prove that a line has no ticket before it is sent for the first time.
//!
//! A line that is missing in the journal may still have a ticket: the journal may be new,
//! may be restored from a backup, or may not be the journal of the earlier run. Only the
//! helpdesk can prove that there is no ticket. [`ProofPlan`] chooses among three ways:
//!
//! - The whole list is read once, if that takes few requests.
//! - Every line is looked up ([`look_up`]).
//! - A sample of the lines is looked up, as long as the journal seems to be complete.
//!
//! The list may lack tickets that another process sent a moment ago. Such tickets belong to
//! lines near the lines whose tickets were found. So the lines nearby are held until the settle
//! time is over, and are then looked up again ([`held`]).

mod held;
mod look_up;

pub(super) use self::held::Held;
pub(super) use self::look_up::{Existence, look_up};
use super::list::ListEnd;

/// A sample contains the first lines that the journal doesn't know, and then one line in
/// [`ONE_IN`]. A restored journal lacks lines that follow one another, so the first lines
/// nearly always show that it is incomplete. Looking up one line in 50 takes 2 % more requests.
const FIRST: u64 = 32;
const ONE_IN: u64 = 50;

/// Reading the list may take this many requests, which take less than a minute, or one request
/// for every [`SHARE`] lines of the input if that is more.
const CHEAP: u64 = 100;
const SHARE: u64 = 10;

/// The present way to find out whether lines that the journal doesn't know have tickets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// No line came yet. If the journal is new, the list will be read first.
    Undecided { list_first: bool },
    /// The list is being read, with at most `budget` requests. `first` says whether this
    /// is before the first line is sent.
    ReadingList { budget: u64, first: bool },
    /// The whole list was read.
    ListRead,
    /// A sample of the lines is looked up.
    Sampling,
    /// Every line is looked up.
    EveryLine,
}

/// The way to find out whether one line has a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ProofMethod {
    /// By the list, which was read.
    List,
    /// By a look-up.
    LookUp,
    /// Not at all, because the line isn't in the sample.
    Skip,
}

/// Chooses the way to find out whether lines have tickets.
#[derive(Debug)]
pub(super) struct ProofPlan {
    mode: Mode,
    /// The number of lines of the input, if known.
    expected: Option<u64>,
    /// The number of lines so far that the journal doesn't know.
    unknown: u64,
}

impl ProofPlan {
    pub(super) fn new(new_journal: bool, every_line: bool, expected: Option<u64>) -> Self {
        let mode = if every_line {
            Mode::EveryLine
        } else {
            Mode::Undecided {
                list_first: new_journal,
            }
        };
        Self {
            mode,
            expected,
            unknown: 0,
        }
    }

    pub(super) fn mode(&self) -> Mode {
        self.mode
    }

    /// Returns the largest number of requests for reading the list before the first line is
    /// sent.
    pub(super) fn first_budget(&self) -> u64 {
        let share = self.expected.unwrap_or_default() / SHARE;
        share.max(CHEAP)
    }

    /// Decides how to begin. Called when the first line came.
    pub(super) fn decide(&mut self) {
        if let Mode::Undecided { list_first } = self.mode {
            self.mode = if list_first {
                Mode::ReadingList {
                    budget: self.first_budget(),
                    first: true,
                }
            } else {
                Mode::Sampling
            };
        }
    }

    /// Returns the method for the next line, or `None` while the list is read.
    pub(super) fn next(&mut self) -> Option<ProofMethod> {
        let method = match self.mode {
            Mode::Undecided { .. } | Mode::ReadingList { .. } => return None,
            Mode::ListRead => ProofMethod::List,
            Mode::EveryLine => ProofMethod::LookUp,
            Mode::Sampling if self.unknown < FIRST => ProofMethod::LookUp,
            Mode::Sampling if self.unknown.is_multiple_of(ONE_IN) => ProofMethod::LookUp,
            Mode::Sampling => ProofMethod::Skip,
        };
        self.unknown = self.unknown.saturating_add(1);
        Some(method)
    }

    /// Notes that the service has a ticket that the journal doesn't know, after `read` lines of
    /// the input. If lines were sampled until now, the list is read instead, and the result is
    /// true.
    pub(super) fn note_found(&mut self, read: u64) -> bool {
        if self.mode != Mode::Sampling {
            return false;
        }
        // Without the list, each line that is left would take a look-up.
        let left = self.expected.map(|expected| expected.saturating_sub(read));
        self.mode = Mode::ReadingList {
            budget: left.unwrap_or_default().max(CHEAP),
            first: false,
        };
        true
    }

    /// Notes that look-ups prove nothing. The list is read to its end instead, however long
    /// it is.
    pub(super) fn note_look_ups_fail(&mut self) {
        self.mode = Mode::ReadingList {
            budget: u64::MAX,
            first: false,
        };
    }

    /// Notes that reading the list ended.
    pub(super) fn note_list_ended(&mut self, end: ListEnd) {
        let first = matches!(self.mode, Mode::ReadingList { first: true, .. });
        self.mode = match end {
            ListEnd::Complete => Mode::ListRead,
            ListEnd::TooLong if first => Mode::Sampling,
            ListEnd::TooLong | ListEnd::NoProof => Mode::EveryLine,
        };
    }

    /// Whether a line without a ticket is held until it is known whether the lines after it
    /// have tickets.
    pub(super) fn holds(&self, list_has_ids: bool) -> bool {
        match self.mode {
            Mode::Undecided { .. } | Mode::ReadingList { .. } | Mode::EveryLine => true,
            Mode::ListRead => list_has_ids,
            Mode::Sampling => self.unknown <= FIRST,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn next(plan: &mut ProofPlan, count: usize) -> Vec<ProofMethod> {
        (0..count).filter_map(|_| plan.next()).collect()
    }

    #[test]
    fn the_list_costs_a_tenth_of_the_lines_at_most_with_a_new_journal() {
        for (expected, budget) in [
            (None, 100),
            (Some(10), 100),
            (Some(1_000), 100),
            (Some(5_000), 500),
        ] {
            let mut plan = ProofPlan::new(true, false, expected);
            assert_eq!(plan.next(), None);
            plan.decide();
            let first = true;
            assert_eq!(plan.mode(), Mode::ReadingList { budget, first });
        }
        let mut plan = ProofPlan::new(true, false, Some(10));
        plan.decide();
        plan.note_list_ended(ListEnd::Complete);
        assert_eq!(next(&mut plan, 100), [ProofMethod::List; 100]);
    }

    #[test]
    fn thirty_two_lines_and_one_in_fifty_are_looked_up() {
        for new in [true, false] {
            let mut plan = ProofPlan::new(new, false, Some(10));
            plan.decide();
            if new {
                plan.note_list_ended(ListEnd::TooLong);
            }
            let methods = next(&mut plan, 1_000);
            assert_eq!(methods.get(..32), Some(&[ProofMethod::LookUp; 32][..]));
            let sampled = methods
                .iter()
                .filter(|method| **method == ProofMethod::LookUp)
                .count();
            assert_eq!(sampled, 32 + 1_000 / 50 - 1);
        }
    }

    #[test]
    fn after_the_first_surprise_nothing_is_sampled() {
        let mut plan = ProofPlan::new(false, false, Some(1_000));
        plan.decide();
        next(&mut plan, 100);
        assert!(plan.note_found(100));
        let (budget, first) = (900, false);
        assert_eq!(plan.mode(), Mode::ReadingList { budget, first });
        assert!(!plan.note_found(100));
        plan.note_list_ended(ListEnd::TooLong);
        assert_eq!(next(&mut plan, 100), [ProofMethod::LookUp; 100]);
    }

    #[test]
    fn after_a_list_that_proves_nothing_every_line_is_looked_up() {
        let mut plan = ProofPlan::new(true, false, None);
        plan.decide();
        plan.note_list_ended(ListEnd::NoProof);
        assert_eq!(plan.next(), Some(ProofMethod::LookUp));
    }
}
