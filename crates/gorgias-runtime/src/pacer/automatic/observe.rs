//! What an answer changes.

use super::leak_estimate::LeakEstimate;
use super::machine::Machine;
use super::model::{Holding, LONG, Model};
use super::ramp::Ramp;
use super::report::Report;
use super::window_length::WindowLength;
use crate::pacer::reading::CallLimit;

/// No limit is believed to be higher than this.
const HIGHEST_LIMIT: u32 = 2_000;

impl Machine {
    /// Takes what any answer tells.
    pub(super) fn observe(&mut self, number: u64, call_limit: Option<CallLimit>, now: f64) {
        self.log.advance(now, self.guard());
        self.in_flight = self.in_flight.saturating_sub(1);
        if let Some(sent) = self.log.get(number) {
            self.network.observe(now, now - sent.at);
        }
        match call_limit {
            Some(call_limit) => self.learn(call_limit, now),
            None => self.silent = self.silent.saturating_add(1),
        }
    }

    fn learn(&mut self, call_limit: CallLimit, now: f64) {
        self.silent = 0;
        let limit = f64::from(call_limit.limit.min(HIGHEST_LIMIT));
        if self.known && limit == self.limit {
            return;
        }
        // The first answer goes on with the ramp it belongs to; a new limit starts over.
        if self.known {
            self.ramp = Ramp::new(1);
        }
        self.known = true;
        self.limit = limit;
        self.log.reserve(limit);
        self.level.set(now, self.level.at(now).min(limit));
        self.forget_model(now);
    }

    /// What was believed led to a 429, so it is forgotten.
    pub(super) fn start_over(&mut self, number: u64, pause_ends: f64, now: f64) {
        self.level.set(pause_ends, self.limit);
        self.newest = None;
        if number < self.regime {
            // One of several that were under way when the limit was hit.
            return;
        }
        self.sharing.throttled(now, pause_ends);
        self.forget_model(now);
        self.ramp = Ramp::new(1);
        self.regime = self.log.next();
        self.rebase = true;
    }

    pub(super) fn forget_model(&mut self, now: f64) {
        self.model = Model::Unknown;
        self.level.rate = self.limit / LONG;
        self.holding = Holding::default();
        self.leak_estimate = LeakEstimate::new();
        self.window_length = WindowLength::new(now);
    }

    pub(super) fn report(&mut self, number: u64, used: f64, now: f64) {
        let Some(&sent) = self.log.get(number) else {
            return;
        };
        if number < self.regime {
            return;
        }
        let newest = self.newest.is_none_or(|newest| number > newest.number);
        let spread = self.network.spread();
        self.newest = Some(Report::join(self.newest, number, sent, used, spread, now));
        if std::mem::take(&mut self.rebase) {
            self.take_as_it_is(number, used, now);
        } else if self.sharing.active() || self.model == Model::Leaky {
            self.correct_level(number, sent, used, now);
        } else {
            self.notice_other_clients(number, used, now);
            if newest && !self.sharing.active() {
                self.identify(number, sent, used, now);
            }
        }
    }

    /// The first report after a silence.
    fn take_as_it_is(&mut self, number: u64, used: f64, now: f64) {
        self.others = (used - self.own_at_most(number)).max(0.0);
        if self.others > self.limit / 8.0 {
            self.sharing.joined(now);
        }
        self.follow_level(now);
    }

    /// Starts to follow the level from the most that can be used now.
    pub(super) fn follow_level(&mut self, now: f64) {
        let used = self.used_at_most();
        if used.is_finite() {
            self.level.set(now, (used + 1.0).min(self.limit));
            self.regime = self.log.next();
        }
    }
}
