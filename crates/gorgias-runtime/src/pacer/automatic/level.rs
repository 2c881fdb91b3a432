//! The level of a leaky bucket, as seen from here.

/// Our estimate of the level: own sends go in at once, time leaks it, answers correct it.
///
/// It is ahead of the service by the way there. That does not matter, because
/// what is allowed now depends on the level that the request will meet.
#[derive(Debug)]
pub(super) struct Level {
    value: f64,
    at: f64,
    /// Requests per second.
    pub rate: f64,
    /// The sum of all corrections. An expectation noted before a correction is
    /// raised by it, so that answers that tell the same news correct only once.
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

    /// Adds one send and returns the expectation to note with it.
    pub fn deposit(&mut self, now: f64) -> f64 {
        self.set(now, self.at(now) + 1.0);
        self.value - self.corrections
    }

    pub fn set(&mut self, now: f64, value: f64) {
        self.value = value.max(0.0);
        self.at = now.max(self.at);
    }

    /// What an answer should report, given the expectation noted when it was sent.
    pub fn expected(&self, noted: f64) -> f64 {
        noted + self.corrections
    }

    pub fn correct(&mut self, now: f64, by: f64) {
        self.set(now, self.at(now) + by);
        self.corrections += by;
    }

    /// When the level will have fallen to `target`.
    pub fn reaches(&self, now: f64, target: f64) -> f64 {
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
        assert_eq!(level.reaches(0.0, 1.0), 0.5);
        assert_eq!(level.reaches(0.5, 1.0), 0.5);
    }

    #[test]
    fn the_same_news_corrects_only_once() {
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
