//! Starting slowly enough to notice other clients.

/// Lets the number of sends grow in rounds, each confirmed by all of its answers.
///
/// Two processes that start together would each spend the whole limit before
/// either hears of the other. After a confirmed round both have seen more used
/// than they sent, while there is still room.
#[derive(Debug)]
pub(super) struct Ramp {
    sent: u32,
    allowed: u32,
    /// Sends before this number belong to the round.
    round_end: u64,
    unanswered: u32,
}

impl Ramp {
    /// By how much a confirmed round multiplies what may be sent.
    const GROWTH: u32 = 2;
    /// A ramp that has come this far no longer limits.
    const DONE: u32 = 40;

    /// Starts with a round of `first` sends, not counting those under way.
    pub fn new(first: u32) -> Self {
        Self {
            sent: 0,
            allowed: first,
            round_end: 0,
            unanswered: 0,
        }
    }

    pub fn open(&self) -> bool {
        self.allowed >= Self::DONE || self.sent < self.allowed
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

    /// A send was answered, or no answer will come; `in_flight` others are open.
    pub fn settled(&mut self, number: u64, in_flight: u32) {
        if number >= self.round_end {
            return;
        }
        self.unanswered = self.unanswered.saturating_sub(1);
        if self.unanswered == 0 {
            let grown = self.sent.saturating_mul(Self::GROWTH).saturating_add(1);
            self.allowed = self.allowed.max(grown);
            self.unanswered = in_flight;
            self.round_end = self.round_end.saturating_add(u64::from(in_flight));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sends until the ramp closes, then settles all of it. Returns the round's size.
    fn round(ramp: &mut Ramp, next: &mut u64) -> u64 {
        let first = *next;
        while ramp.open() && *next - first < 100 {
            ramp.sent(*next);
            *next += 1;
        }
        for number in first..*next {
            ramp.settled(number, u32::try_from(*next - number - 1).unwrap());
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
            ramp.settled(number, 3);
            assert!(!ramp.open());
        }
        ramp.settled(3, 0);
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
