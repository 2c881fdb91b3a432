//! Proving that a line has no ticket before it is sent the first time.
//!
//! A journal proves what it holds, not what it lacks: it may be new, restored,
//! or another one than that of an earlier run. The helpdesk's list is the proof.
//! [`Proof`] decides how a line that the journal doesn't know is proven: by the
//! list, which is walked once if that is cheap ([`walk`]), by a look-up of its
//! own ([`look_up`]), or, as long as the journal seems to be complete, not at
//! all for most lines.
//!
//! Tickets that another process sent a moment ago may be missing from the list.
//! They belong to lines near those whose tickets were found, so these lines are
//! held until the settle time has passed, and proven again.

mod held;
mod look_up;
mod walk;

pub(super) use self::held::Held;
pub(super) use self::look_up::{Found, look_up, look_up_later};
pub(super) use self::walk::{Walk, WalkEnd};

/// So many lines that the journal doesn't know are looked up at first, and one
/// in so many after that.
const FIRST: u64 = 32;
const ONE_IN: u64 = 50;

/// The list may always be walked with so many requests, and with this share of
/// those that sending takes.
const CHEAP: u64 = 100;
const SHARE: u64 = 10;

/// How lines are proven that the journal doesn't know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// None came yet. If the journal is new, the list is walked first.
    Undecided { walk_first: bool },
    /// The list is being walked, for at most so many requests.
    Walking { budget: u64, first: bool },
    /// All that the list shows is known.
    Listed,
    /// Some lines are looked up.
    Sampling,
    /// Every line is looked up.
    EveryLine,
}

/// How one line is to be proven.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    /// The tickets that the list showed.
    List,
    /// A look-up.
    LookUp,
    /// Nothing: it is one of many, and others are looked up.
    Sample,
}

/// How lines are proven, and how many there were.
#[derive(Debug)]
pub(super) struct Proof {
    mode: Mode,
    /// The lines of the input, if that is known.
    expected: Option<u64>,
    /// Lines that the journal doesn't know, so far.
    unknown: u64,
}

impl Proof {
    pub(super) fn new(new_journal: bool, every_line: bool, expected: Option<u64>) -> Self {
        let mode = if every_line {
            Mode::EveryLine
        } else {
            Mode::Undecided {
                walk_first: new_journal,
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

    /// How many requests the walk before the first line may take.
    pub(super) fn first_budget(&self) -> u64 {
        let share = self.expected.unwrap_or_default() / SHARE;
        share.max(CHEAP)
    }

    /// Decides what comes first for the first line.
    pub(super) fn decide(&mut self) {
        if let Mode::Undecided { walk_first } = self.mode {
            self.mode = if walk_first {
                Mode::Walking {
                    budget: self.first_budget(),
                    first: true,
                }
            } else {
                Mode::Sampling
            };
        }
    }

    /// How the next line is to be proven. None while the list is walked.
    pub(super) fn next(&mut self) -> Option<By> {
        let by = match self.mode {
            Mode::Undecided { .. } | Mode::Walking { .. } => return None,
            Mode::Listed => By::List,
            Mode::EveryLine => By::LookUp,
            Mode::Sampling if self.unknown < FIRST => By::LookUp,
            Mode::Sampling if self.unknown.is_multiple_of(ONE_IN) => By::LookUp,
            Mode::Sampling => By::Sample,
        };
        self.unknown = self.unknown.saturating_add(1);
        Some(by)
    }

    /// A ticket was found that the journal doesn't know. True if that wasn't
    /// to be expected, so that nothing is sampled from here on. So many lines of
    /// the input were read.
    pub(super) fn found(&mut self, read: u64) -> bool {
        if self.mode != Mode::Sampling {
            return false;
        }
        // A look-up of each line left is the alternative.
        let left = self.expected.map(|expected| expected.saturating_sub(read));
        self.mode = Mode::Walking {
            budget: left.unwrap_or_default().max(CHEAP),
            first: false,
        };
        true
    }

    /// Look-ups prove nothing, so that the list has to, however long it is.
    pub(super) fn look_ups_fail(&mut self) {
        self.mode = Mode::Walking {
            budget: u64::MAX,
            first: false,
        };
    }

    /// The walk ended.
    pub(super) fn walked(&mut self, end: WalkEnd) {
        let first = matches!(self.mode, Mode::Walking { first: true, .. });
        self.mode = match end {
            WalkEnd::Complete => Mode::Listed,
            WalkEnd::TooLong if first => Mode::Sampling,
            WalkEnd::TooLong | WalkEnd::NoProof => Mode::EveryLine,
        };
    }

    /// Whether lines that were proven absent are held until those after them
    /// were proven too.
    pub(super) fn holds(&self, lists_any: bool) -> bool {
        match self.mode {
            Mode::Undecided { .. } | Mode::Walking { .. } | Mode::EveryLine => true,
            Mode::Listed => lists_any,
            Mode::Sampling => self.unknown <= FIRST,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn next(proof: &mut Proof, count: usize) -> Vec<By> {
        (0..count).filter_map(|_| proof.next()).collect()
    }

    #[test]
    fn a_new_journal_walks_for_a_tenth_of_the_lines_at_most() {
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
            assert_eq!(proof.mode(), Mode::Walking { budget, first });
        }
        let mut proof = Proof::new(true, false, Some(10));
        proof.decide();
        proof.walked(WalkEnd::Complete);
        assert_eq!(next(&mut proof, 100), [By::List; 100]);
    }

    #[test]
    fn thirty_two_lines_and_one_in_fifty_are_looked_up() {
        for new in [true, false] {
            let mut proof = Proof::new(new, false, Some(10));
            proof.decide();
            if new {
                proof.walked(WalkEnd::TooLong);
            }
            let by = next(&mut proof, 1_000);
            assert_eq!(by.get(..32), Some(&[By::LookUp; 32][..]));
            let sampled = by.iter().filter(|by| **by == By::LookUp).count();
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
        assert_eq!(proof.mode(), Mode::Walking { budget, first });
        assert!(!proof.found(100));
        proof.walked(WalkEnd::TooLong);
        assert_eq!(next(&mut proof, 100), [By::LookUp; 100]);
    }

    #[test]
    fn a_walk_that_proves_nothing_has_every_line_looked_up() {
        let mut proof = Proof::new(true, false, None);
        proof.decide();
        proof.walked(WalkEnd::NoProof);
        assert_eq!(proof.next(), Some(By::LookUp));
    }
}
