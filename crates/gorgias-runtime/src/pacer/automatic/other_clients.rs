//! Notices the requests of other clients.

use super::log::Sent;
use super::machine::Machine;
use super::model::Model;
use super::ramp::Ramp;
use super::report::REORDER_SPAN;

/// The share of a small deviation that one answer corrects. It is small enough to
/// average out rounding over about 50 answers.
const GAIN: f64 = 0.02;

impl Machine {
    /// Compares an answer with the level. A deviation that uneven arrival can't
    /// explain was caused by other clients, or by a faster leak.
    pub(super) fn correct_level(&mut self, number: u64, sent: Sent, used: f64, now: f64) {
        let spread = self.network.spread();
        let (before, after) = self.log.neighbours(number, spread + REORDER_SPAN);
        let drift = self.level.rate * spread;
        let expected = self.level.expected(sent.level);
        // Rounding explains one request, except close to the limit, where
        // safety comes first.
        let rounding = if used < self.limit - 2.0 { 1.0 } else { 0.0 };
        let above = used - (expected + f64::from(after) + drift + rounding);
        let below = used - (expected - f64::from(before) - drift - 2.0);
        let correction = above.max(0.0) + below.min(0.0);
        if correction != 0.0 {
            self.level.correct(now, correction);
        } else {
            // Within the tolerance only the average of many answers counts. Half a
            // request is added because the service may round down.
            self.level
                .correct(now, GAIN * (used + 0.5 - expected).clamp(-3.0, 3.0));
        }
        // A large step down means that a window started anew, not that other
        // clients stopped.
        self.note_other_clients(correction.max(-1.0), now);
    }

    /// Notices other clients without a level: the service reports more use than
    /// all of our requests explain.
    pub(super) fn notice_other_clients(&mut self, number: u64, used: f64, now: f64) {
        let unexplained = used - self.own_at_most(number) - self.used_by_others;
        let noticed = if unexplained > 1.0 { unexplained } else { 0.0 };
        self.used_by_others += if noticed > 0.0 {
            noticed
        } else {
            0.2 * unexplained.min(0.0)
        };
        self.used_by_others = self.used_by_others.max(0.0);
        self.note_other_clients(noticed, now);
    }

    /// The most of our requests that the service can have counted when it
    /// counted the request `number`.
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
        self.adopt_next_report = true;
        if self.model == Model::Unknown {
            self.identify_again(now);
        }
    }
}
