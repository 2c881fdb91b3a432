//! The pause after a 429. Only this module remembers a 429 and decides how long
//! nothing is sent. It reads no clock: the caller passes the time, in seconds.

use super::random::Random;

/// The longest pause, in seconds, even if the service asks for a longer one. It
/// is six of the longest documented windows, so the limit is free again by
/// then.
const LONGEST: f64 = 120.0;
/// The longest wait after a 429 without a `retry-after`, in seconds, before a
/// random part is added. The wait starts at 1 s, and doubles with each pause in a
/// row up to this value, the longest documented window of the limit.
const LONGEST_UNASKED: f64 = 20.0;

/// The end of the pause, and the state to compute the next pause.
#[derive(Debug)]
pub(super) struct Pause {
    until: f64,
    /// The number of pauses since the last answer other than a 429.
    in_a_row: u32,
    random: Random,
}

impl Pause {
    pub fn new(seed: u64) -> Self {
        Self {
            until: 0.0,
            in_a_row: 0,
            random: Random::new(seed),
        }
    }

    /// Returns the end of the pause, or `None` if there is no pause now.
    pub fn until(&self, now: f64) -> Option<f64> {
        (self.until > now).then_some(self.until)
    }

    /// Starts or extends the pause after a 429, and returns the end of the pause.
    /// `retry_after` is the number of seconds that the service asks to wait. A
    /// pause never becomes shorter.
    pub fn throttled(&mut self, retry_after: Option<f64>, now: f64) -> f64 {
        // Requests that were under way together are refused together, and count
        // once.
        if now >= self.until {
            self.in_a_row = self.in_a_row.saturating_add(1);
        }
        // A client that is refused again right after the pause shares the
        // account with many others, and refused requests may count against the
        // limit. So the random part of the wait grows each time, which spreads
        // the clients.
        let doublings = self.in_a_row.saturating_sub(1).min(6);
        let doubled = f64::from(2_u32.saturating_pow(doublings));
        let wait = retry_after.unwrap_or(doubled.min(LONGEST_UNASKED));
        let spread = 0.1 + 0.05 * wait + (doubled - 1.0).min(2.0 * LONGEST_UNASKED);
        let wait = wait + self.random.between(0.0, spread);
        self.until = self.until.max(now + wait.clamp(0.0, LONGEST));
        self.until
    }

    /// Notes an answer other than a 429.
    pub fn answered(&mut self) {
        self.in_a_row = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_service_says_how_long_and_a_shorter_wish_shortens_nothing() {
        let mut pause = Pause::new(1);
        let until = pause.throttled(Some(7.0), 1.0);
        assert!((8.0..8.5).contains(&until), "{until}");
        assert_eq!(pause.throttled(Some(1.0), 2.0), until);
        assert_eq!(pause.until(2.0), Some(until));
        assert_eq!(pause.until(until), None);
    }

    #[test]
    fn absurd_waits_are_cut() {
        for asked in [1e300, f64::INFINITY] {
            assert_eq!(Pause::new(1).throttled(Some(asked), 2.0), 122.0);
        }
    }

    #[test]
    fn without_a_wish_the_wait_doubles_up_to_20_seconds() {
        let mut pause = Pause::new(1);
        let mut waits = Vec::new();
        for _ in 0..8 {
            let now = pause.until;
            waits.push(pause.throttled(None, now) - now);
        }
        for (wait, least) in waits
            .iter()
            .zip([1.0, 2.0, 4.0, 8.0, 16.0, 20.0, 20.0, 20.0])
        {
            assert!((least..least + 42.0).contains(wait), "{waits:?}");
        }
        pause.answered();
        let now = pause.until;
        assert!(pause.throttled(None, now) - now < 1.5);
    }

    #[test]
    fn requests_that_were_under_way_together_count_as_one() {
        let mut pause = Pause::new(1);
        for _ in 0..10 {
            pause.throttled(None, 0.0);
        }
        assert!(pause.until < 1.2, "{}", pause.until);
    }
}
