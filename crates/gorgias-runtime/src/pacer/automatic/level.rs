//! The estimated level of the leaky bucket at the service.

/// The estimated level. The client's own requests raise the level when they are
/// sent, the level falls with time, and answers correct it.
///
/// The level counts a request when it is sent. The service counts the request
/// later, when it arrives. So when a request that is sent now arrives, the service
/// has counted all those sent before it.
#[derive(Debug)]
pub(super) struct Level {
    value: f64,
    at: f64,
    /// The rate of the leak, in requests per second.
    pub rate: f64,
    /// The sum of all corrections. An expectation is noted without this sum, and
    /// gets the current sum when its answer comes. So several answers that show
    /// the same deviation correct the level only once.
    corrections: f64,
}

impl Level {
    pub fn new(rate: f64) -> Self {
        Self {
            value: 0.0,
            at: 0.0,
            rate,
            corrections: 0.0,
        }
    }

    pub fn at(&self, now: f64) -> f64 {
        (self.value - self.rate * (now - self.at).max(0.0)).max(0.0)
    }

    /// Adds one request, and returns the expectation to note with it.
    pub fn deposit(&mut self, now: f64) -> f64 {
        self.set(now, self.at(now) + 1.0);
        self.value - self.corrections
    }

    pub fn set(&mut self, now: f64, value: f64) {
        self.value = value.max(0.0);
        self.at = now.max(self.at);
    }

    /// Returns the use that an answer should report. `noted` is the expectation
    /// that [`deposit`](Self::deposit) returned for its request.
    pub fn expected(&self, noted: f64) -> f64 {
        noted + self.corrections
    }

    pub fn correct(&mut self, now: f64, by: f64) {
        self.set(now, self.at(now) + by);
        self.corrections += by;
    }

    /// Returns when the level will have fallen to `target`.
    pub fn falls_to(&self, now: f64, target: f64) -> f64 {
        now + (self.at(now) - target).max(0.0) / self.rate
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_fills_with_sends_and_leaks_with_time() {
        let mut level = Level::new(2.0);
        assert_eq!(level.deposit(0.0), 1.0);
        assert_eq!(level.deposit(0.0), 2.0);
        assert_eq!(level.at(0.5), 1.0);
        assert_eq!(level.at(100.0), 0.0);
        assert_eq!(level.falls_to(0.0, 1.0), 0.5);
        assert_eq!(level.falls_to(0.5, 1.0), 0.5);
    }

    #[test]
    fn several_answers_about_one_surprise_correct_only_once() {
        let mut level = Level::new(2.0);
        let noted = [level.deposit(0.0), level.deposit(0.0)];
        // Three more were used than expected, and both answers say so.
        for (noted, used) in noted.into_iter().zip([4.0, 5.0]) {
            let by = used - level.expected(noted);
            level.correct(0.0, by);
        }
        assert_eq!(level.at(0.0), 5.0);
    }
}
