//! Starting slowly enough to notice company.

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
