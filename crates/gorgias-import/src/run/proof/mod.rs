//! Decides how to prove that a line has no ticket before it is sent for the
//! first time.
//!
//! A line that is missing in the journal may still have a ticket: the journal
//! may be new, restored from a backup, or another one than that of an earlier
//! run. Only the helpdesk can prove that there is no ticket. [`Proof`] decides
//! how: by the whole list, which is read once if that is cheap ([`list`]), by a
//! look-up for each line ([`look_up`]), or, as long as the journal seems to be
//! complete, by look-ups of a sample of the lines.
//!
//! Tickets that another process sent a moment ago may be missing from the list.
//! They belong to lines near those whose tickets were found, so these lines are
//! held until the settle time has passed, and proven again ([`held`]).

mod held;
mod list;
mod look_up;

pub(super) use self::held::Held;
pub(super) use self::list::{ListEnd, ListReader};
pub(super) use self::look_up::{LookUpResult, look_up};

/// The first lines that the journal doesn't know are all looked up, and then
/// one in [`ONE_IN`]. A restored journal lacks lines that follow one another, so
/// the first ones nearly always show it. Looking up one line in 50 costs 2 % more
/// requests.
const FIRST: u64 = 32;
const ONE_IN: u64 = 50;

/// The requests that reading the list may always take, and the share of the
/// requests for sending that it may take, as 1 in [`SHARE`]. 100 requests take
/// less than a minute.
const CHEAP: u64 = 100;
const SHARE: u64 = 10;

/// How lines that the journal doesn't know are proven.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// No line came yet. If the journal is new, the list is read first.
    Undecided { list_first: bool },
    /// The list is being read, with at most this many requests.
    ReadingList { budget: u64, first: bool },
    /// The whole list was read.
    ListRead,
    /// A sample of the lines is looked up.
    Sampling,
    /// Every line is looked up.
    EveryLine,
}

/// How one line is proven.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ProofMethod {
    /// By the list, which was read.
    List,
    /// By a look-up.
    LookUp,
    /// Not at all, because it isn't in the sample.
    Sample,
}

/// The present way to prove lines, and the number of lines so far.
#[derive(Debug)]
pub(super) struct Proof {
    mode: Mode,
    /// The number of lines of the input, if known.
    expected: Option<u64>,
    /// The number of lines so far that the journal doesn't know.
    unknown: u64,
}

impl Proof {
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

    /// Returns how many requests reading the list before the first line may
    /// take.
    pub(super) fn first_budget(&self) -> u64 {
        let share = self.expected.unwrap_or_default() / SHARE;
        share.max(CHEAP)
    }

    /// Decides how to begin, once the first line came.
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

    /// Returns how the next line is proven; `None` while the list is read.
    pub(super) fn next(&mut self) -> Option<ProofMethod> {
        let by = match self.mode {
            Mode::Undecided { .. } | Mode::ReadingList { .. } => return None,
            Mode::ListRead => ProofMethod::List,
            Mode::EveryLine => ProofMethod::LookUp,
            Mode::Sampling if self.unknown < FIRST => ProofMethod::LookUp,
            Mode::Sampling if self.unknown.is_multiple_of(ONE_IN) => ProofMethod::LookUp,
            Mode::Sampling => ProofMethod::Sample,
        };
        self.unknown = self.unknown.saturating_add(1);
        Some(by)
    }

    /// Notes that a ticket was found that the journal doesn't know, after
    /// `read` lines of the input. Sampling ends then, and the list is read.
    /// Returns whether sampling ended.
    pub(super) fn found(&mut self, read: u64) -> bool {
        if self.mode != Mode::Sampling {
            return false;
        }
        // The alternative is a look-up of each line that is left.
        let left = self.expected.map(|expected| expected.saturating_sub(read));
        self.mode = Mode::ReadingList {
            budget: left.unwrap_or_default().max(CHEAP),
            first: false,
        };
        true
    }

    /// Notes that look-ups prove nothing, so that the list has to be read,
    /// however long it is.
    pub(super) fn look_ups_fail(&mut self) {
        self.mode = Mode::ReadingList {
            budget: u64::MAX,
            first: false,
        };
    }

    /// Notes that reading the list ended.
    pub(super) fn list_ended(&mut self, end: ListEnd) {
        let first = matches!(self.mode, Mode::ReadingList { first: true, .. });
        self.mode = match end {
            ListEnd::Complete => Mode::ListRead,
            ListEnd::TooLong if first => Mode::Sampling,
            ListEnd::TooLong | ListEnd::NoProof => Mode::EveryLine,
        };
    }

    /// Whether proven lines are held until those after them are proven too.
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

    fn next(proof: &mut Proof, count: usize) -> Vec<ProofMethod> {
        (0..count).filter_map(|_| proof.next()).collect()
    }

    #[test]
    fn the_list_costs_a_tenth_of_the_lines_at_most_with_a_new_journal() {
        for (expected, budget) in [
            (None, 100),
            (Some(10), 100),
            (Some(1_000), 100),
            (Some(5_000), 500),
        ] {
            let mut proof = Proof::new(true, false, expected);
            assert_eq!(proof.next(), None);
            proof.decide();
            let first = true;
            assert_eq!(proof.mode(), Mode::ReadingList { budget, first });
        }
        let mut proof = Proof::new(true, false, Some(10));
        proof.decide();
        proof.list_ended(ListEnd::Complete);
        assert_eq!(next(&mut proof, 100), [ProofMethod::List; 100]);
    }

    #[test]
    fn thirty_two_lines_and_one_in_fifty_are_looked_up() {
        for new in [true, false] {
            let mut proof = Proof::new(new, false, Some(10));
            proof.decide();
            if new {
                proof.list_ended(ListEnd::TooLong);
            }
            let by = next(&mut proof, 1_000);
            assert_eq!(by.get(..32), Some(&[ProofMethod::LookUp; 32][..]));
            let sampled = by.iter().filter(|by| **by == ProofMethod::LookUp).count();
            assert_eq!(sampled, 32 + 1_000 / 50 - 1);
        }
    }

    #[test]
    fn after_the_first_surprise_nothing_is_sampled() {
        let mut proof = Proof::new(false, false, Some(1_000));
        proof.decide();
        next(&mut proof, 100);
        assert!(proof.found(100));
        let (budget, first) = (900, false);
        assert_eq!(proof.mode(), Mode::ReadingList { budget, first });
        assert!(!proof.found(100));
        proof.list_ended(ListEnd::TooLong);
        assert_eq!(next(&mut proof, 100), [ProofMethod::LookUp; 100]);
    }

    #[test]
    fn after_a_list_that_proves_nothing_every_line_is_looked_up() {
        let mut proof = Proof::new(true, false, None);
        proof.decide();
        proof.list_ended(ListEnd::NoProof);
        assert_eq!(proof.next(), Some(ProofMethod::LookUp));
    }
}
