//! Telling other people's requests from our own.

use super::log::Sent;
use super::machine::Machine;
use super::model::{Model, SHORT};
use super::ramp::Ramp;
use super::report::BLUR;

/// In a larger crowd it is chance which request meets which level.
const CROWD: u32 = 10;
/// How fast the average moves the level, per answer.
const GAIN: f64 = 0.02;
/// A score this low means that the bucket leaks faster than thought.
const FASTER_LEAK: f64 = -5.0;

impl Machine {
    /// Compares an answer with the followed level. What uneven arrival cannot
    /// explain was done by others, or leaked faster than thought.
    pub(super) fn correct_level(&mut self, number: u64, sent: Sent, used: f64, now: f64) {
        let spread = self.network.spread();
        let (before, after) = self.log.neighbours(number, spread + BLUR);
        let drift = self.level.rate * spread;
        let expected = self.level.expected(sent.level);
        // Close to the limit a rounding error is no longer small.
        let rounding = if used < self.limit - 2.0 { 1.0 } else { 0.0 };
        let above = used - (expected + f64::from(after) + drift + rounding);
        let below = used - (expected - f64::from(before) - drift - 2.0);
        let correction = above.max(0.0) + below.min(0.0);
        if correction != 0.0 {
            self.level.correct(now, correction);
        } else if before.saturating_add(after) <= CROWD {
            // Only the average tells here; half a request more, against rounding down.
            self.level
                .correct(now, GAIN * (used + 0.5 - expected).clamp(-3.0, 3.0));
        }
        // A window that starts anew is one large step down, a faster leak many small ones.
        self.note_other_clients(correction.max(-1.0), now);
        if self.sharing.score(now) < FASTER_LEAK {
            self.sharing.forget_surplus();
            self.level.rate = self.limit / SHORT;
        }
    }

    /// Without a level to follow: is more used than everything sent explains?
    pub(super) fn notice_other_clients(&mut self, number: u64, used: f64, now: f64) {
        let unexplained = used - self.own_at_most(number) - self.others;
        let noticed = if unexplained > 1.0 { unexplained } else { 0.0 };
        self.others += if noticed > 0.0 {
            noticed
        } else {
            0.2 * unexplained.min(0.0)
        };
        self.others = self.others.max(0.0);
        self.note_other_clients(noticed, now);
    }

    /// The most of our own that can have been counted when this send was.
    pub(super) fn own_at_most(&self, number: u64) -> f64 {
        let later = self.log.next().saturating_sub(number).saturating_sub(1) as f64;
        self.log
            .get(number)
            .map_or(0.0, |sent| f64::from(sent.long))
            + later
    }

    fn note_other_clients(&mut self, requests: f64, now: f64) {
        let shared = self.sharing.active();
        self.sharing.note(now, requests);
        match (shared, self.sharing.active()) {
            (false, true) if self.model != Model::Leaky => self.follow_level(now),
            (true, false) => self.alone_again(now),
            _ => {}
        }
    }

    fn alone_again(&mut self, now: f64) {
        self.ramp = Ramp::new(4);
        self.rebase = true;
        if self.model == Model::Unknown {
            self.look_again(now);
        }
    }
}
