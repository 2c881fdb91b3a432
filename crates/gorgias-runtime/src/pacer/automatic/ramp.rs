//! Starts slowly enough to notice other clients.

/// Lets the number of requests grow in rounds. A round starts after the requests
/// of the last round are all answered.
///
/// Without the ramp, two processes that start together would each use the whole limit
/// before either notices the other. With the ramp, the answers of a round report
/// more requests than the process has sent, while there is still room.
#[derive(Debug)]
pub(super) struct Ramp {
    sent: u32,
    allowed: u32,
    /// The requests of the current round have numbers below this one.
    round_end: u64,
    unanswered: u32,
}

impl Ramp {
    /// The factor by which a round multiplies the requests allowed so far.
    const GROWTH: u32 = 2;
    /// The number of requests after which the ramp no longer limits: the limit
    /// of the smallest plan.
    const UNLIMITED: u32 = 40;

    /// Starts with a round of `first` requests. Requests already under way
    /// don't count.
    pub fn new(first: u32) -> Self {
        Self {
            sent: 0,
            allowed: first,
            round_end: 0,
            unanswered: 0,
        }
    }

    pub fn open(&self) -> bool {
        self.allowed >= Self::UNLIMITED || self.sent < self.allowed
    }

    pub fn sent(&mut self, number: u64) {
        if self.sent < self.allowed {
            self.unanswered = self.unanswered.saturating_add(1);
            self.round_end = number.saturating_add(1);
        }
        self.sent = self.sent.saturating_add(1);
    }

    pub fn taken_back(&mut self) {
        self.sent = self.sent.saturating_sub(1);
    }

    /// Notes that a request was answered, or will get no answer.
    pub fn finished(&mut self, number: u64) {
        if number >= self.round_end {
            return;
        }
        self.unanswered = self.unanswered.saturating_sub(1);
        if self.unanswered == 0 {
            let grown = self.sent.saturating_mul(Self::GROWTH).saturating_add(1);
            self.allowed = self.allowed.max(grown);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sends until the ramp closes, then finishes the requests. Returns how many
    /// there were.
    fn round(ramp: &mut Ramp, next: &mut u64) -> u64 {
        let first = *next;
        while ramp.open() && *next - first < 100 {
            ramp.sent(*next);
            *next += 1;
        }
        for number in first..*next {
            ramp.finished(number);
        }
        *next - first
    }

    #[test]
    fn rounds_grow_until_there_is_no_limit() {
        let (mut ramp, mut next) = (Ramp::new(1), 0);
        let rounds: Vec<u64> = (0..6).map(|_| round(&mut ramp, &mut next)).collect();
        assert_eq!(rounds, [1, 2, 4, 8, 16, 100]);
    }

    #[test]
    fn a_round_needs_all_of_its_answers() {
        let (mut ramp, mut next) = (Ramp::new(4), 0);
        while ramp.open() {
            ramp.sent(next);
            next += 1;
        }
        for number in 0..3 {
            ramp.finished(number);
            assert!(!ramp.open());
        }
        ramp.finished(3);
        assert!(ramp.open());
    }

    #[test]
    fn a_request_that_was_not_sent_makes_room() {
        let mut ramp = Ramp::new(1);
        ramp.sent(0);
        assert!(!ramp.open());
        ramp.taken_back();
        assert!(ramp.open());
    }
}
