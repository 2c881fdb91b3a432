//! Counts the answers to creates, to notice an outage.

use std::collections::VecDeque;

/// This many ambiguous answers in a row are an outage. The number is small, because each
/// such answer leaves a line in doubt. It is more than one, because single failures of a
/// busy service are common.
const IN_A_ROW: u32 = 5;

/// This many ambiguous answers among the last [`WINDOW`] are an outage too, so that sending
/// also stops if one in ten creates fails.
const IN_WINDOW: usize = 20;
const WINDOW: usize = 200;

/// If this many lines in a row are refused with one status, the lines aren't the reason.
const REFUSALS: u32 = 5;

/// The kind of answer to a create.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::run) enum Answer {
    /// The ticket exists.
    Success,
    /// The ticket may exist: the answer was a 5xx or wasn't JSON, or there was no answer.
    Ambiguous,
    /// The service refused the line with this HTTP status.
    Refused(u16),
}

/// Counts of the last answers.
#[derive(Debug, Default)]
pub(super) struct Health {
    ambiguous_in_a_row: u32,
    /// For each of the last answers, whether it was ambiguous.
    window: VecDeque<bool>,
    ambiguous_in_window: usize,
    refusals_in_a_row: u32,
    last_refusal: Option<u16>,
}

impl Health {
    pub(super) fn note(&mut self, answer: Answer) {
        let ambiguous = answer == Answer::Ambiguous;
        self.window.push_back(ambiguous);
        self.ambiguous_in_window = self
            .ambiguous_in_window
            .saturating_add(usize::from(ambiguous));
        if self.window.len() > WINDOW && self.window.pop_front() == Some(true) {
            self.ambiguous_in_window = self.ambiguous_in_window.saturating_sub(1);
        }
        match answer {
            Answer::Ambiguous => {
                self.ambiguous_in_a_row = self.ambiguous_in_a_row.saturating_add(1);
            }
            Answer::Success | Answer::Refused(_) => self.ambiguous_in_a_row = 0,
        }
        match answer {
            // An ambiguous answer doesn't show why other lines were refused.
            Answer::Ambiguous => {}
            // These statuses concern only the body of the line.
            Answer::Success | Answer::Refused(400 | 413 | 422) => {
                self.last_refusal = None;
                self.refusals_in_a_row = 0;
            }
            Answer::Refused(status) if self.last_refusal == Some(status) => {
                self.refusals_in_a_row = self.refusals_in_a_row.saturating_add(1);
            }
            Answer::Refused(status) => {
                self.last_refusal = Some(status);
                self.refusals_in_a_row = 1;
            }
        }
    }

    /// Whether there is an outage, so that sending has to stop.
    pub(super) fn is_out(&self) -> bool {
        self.ambiguous_in_a_row >= IN_A_ROW || self.ambiguous_in_window >= IN_WINDOW
    }

    /// Whether so many lines in a row were refused with one status that the
    /// lines can't be the cause.
    pub(super) fn refuses_all(&self) -> bool {
        self.refusals_in_a_row >= REFUSALS
    }

    /// Notes that a line succeeded after an outage. The answers in the window still count.
    pub(super) fn recovered(&mut self) {
        self.ambiguous_in_a_row = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(answers: impl IntoIterator<Item = Answer>) -> Health {
        let mut health = Health::default();
        for answer in answers {
            health.note(answer);
        }
        health
    }

    fn times(answer: Answer, count: usize) -> impl Iterator<Item = Answer> + Clone {
        std::iter::repeat_n(answer, count)
    }

    #[test]
    fn five_ambiguous_answers_in_a_row_are_an_outage() {
        assert!(!after(times(Answer::Ambiguous, 4)).is_out());
        assert!(after(times(Answer::Ambiguous, 5)).is_out());
        for other in [Answer::Success, Answer::Refused(400)] {
            let broken = times(Answer::Ambiguous, 4).chain([other]);
            assert!(!after(broken.chain(times(Answer::Ambiguous, 4))).is_out());
        }
    }

    #[test]
    fn twenty_of_the_last_two_hundred_are_one_too() {
        let rare = |count| {
            let nine = times(Answer::Success, 9).chain([Answer::Ambiguous]);
            after(std::iter::repeat_n(nine, count).flatten())
        };
        assert!(!rare(19).is_out());
        assert!(rare(20).is_out());
        // One success doesn't empty the window, and many others do.
        let mut health = rare(20);
        health.recovered();
        health.note(Answer::Success);
        assert!(health.is_out());
        for _ in 0..20 {
            health.note(Answer::Success);
        }
        assert!(!health.is_out());
    }

    #[test]
    fn five_refusals_alike_are_not_about_the_lines() {
        for status in [401, 402, 403, 404, 405, 409, 423, 451] {
            assert!(!after(times(Answer::Refused(status), 4)).refuses_all());
            assert!(after(times(Answer::Refused(status), 5)).refuses_all());
        }
        for status in [400, 413, 422] {
            assert!(!after(times(Answer::Refused(status), 50)).refuses_all());
        }
        let four = times(Answer::Refused(403), 4);
        for between in [Answer::Success, Answer::Refused(404)] {
            let answers = four.clone().chain([between]).chain(four.clone());
            assert!(!after(answers).refuses_all());
        }
        let answers = four.chain([Answer::Ambiguous, Answer::Refused(403)]);
        assert!(after(answers).refuses_all());
    }
}
