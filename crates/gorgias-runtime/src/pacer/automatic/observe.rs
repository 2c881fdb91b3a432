//! Reads the answers, and updates the limit, the level and the model.

use super::leak_estimate::LeakEstimate;
use super::machine::Machine;
use super::model::{LONG, Model, Spacing};
use super::ramp::Ramp;
use super::report::Report;
use super::window_length::WindowLength;
use crate::pacer::snapshot::RateLimitSnapshot;

/// The highest limit that is used: 25 times the highest documented limit. A higher
/// reported limit is cut to it, which bounds the memory for the log.
const HIGHEST_LIMIT: u32 = 2_000;

impl Machine {
    /// Learns the round trip and the reported limit from an answer, which may be a
    /// 429.
    pub(super) fn observe(&mut self, number: u64, reported: Option<RateLimitSnapshot>, now: f64) {
        self.log.advance(now, self.window_slack());
        self.in_flight = self.in_flight.saturating_sub(1);
        if let Some(sent) = self.log.get(number) {
            self.network.observe(now, now - sent.at);
        }
        match reported {
            Some(reported) => self.learn(reported.limit(), now),
            None => self.answers_without_limit = self.answers_without_limit.saturating_add(1),
        }
    }

    fn learn(&mut self, limit: u32, now: f64) {
        self.answers_without_limit = 0;
        let limit = f64::from(limit.min(HIGHEST_LIMIT));
        if self.limit_known && limit == self.limit {
            return;
        }
        // The first reported limit keeps the current ramp. A changed limit
        // starts a new ramp.
        if self.limit_known {
            self.ramp = Ramp::new(1);
        }
        self.limit_known = true;
        self.limit = limit;
        self.log.reserve(limit);
        self.level.set(now, self.level.at(now).min(limit));
        self.forget_model(now);
    }

    /// Forgets the model after a 429, because the model was wrong or other clients
    /// are busy.
    pub(super) fn start_over(&mut self, number: u64, pause_ends: f64, now: f64) {
        self.level.set(pause_ends, self.limit);
        self.newest = None;
        if number < self.ignore_before {
            // The request was under way when another request was answered with
            // a 429.
            return;
        }
        self.sharing.throttled(now, pause_ends);
        self.forget_model(now);
        self.ramp = Ramp::new(1);
        self.ignore_before = self.log.next();
        self.adopt_next_report = true;
    }

    pub(super) fn forget_model(&mut self, now: f64) {
        self.model = Model::Unknown;
        self.level.rate = self.limit / LONG;
        self.spacing = Spacing::default();
        self.leak_estimate = LeakEstimate::new();
        self.window_length = WindowLength::new(now);
    }

    pub(super) fn report(&mut self, number: u64, used: f64, now: f64) {
        let Some(&sent) = self.log.get(number) else {
            return;
        };
        if number < self.ignore_before {
            return;
        }
        let newest = self.newest.is_none_or(|newest| number > newest.number);
        let spread = self.network.spread();
        self.newest = Some(Report::join(self.newest, number, sent, used, spread, now));
        if std::mem::take(&mut self.adopt_next_report) {
            self.adopt_report(number, used, now);
        } else if self.sharing.active() || self.model == Model::Leaky {
            self.correct_level(number, sent, used, now);
        } else {
            self.notice_other_clients(number, used, now);
            if newest && !self.sharing.active() {
                self.identify(number, sent, used, now);
            }
        }
    }

    /// Uses a report as the new base. If other clients use more than an eighth of
    /// the limit, the account counts as shared.
    fn adopt_report(&mut self, number: u64, used: f64, now: f64) {
        self.used_by_others = (used - self.own_at_most(number)).max(0.0);
        if self.used_by_others > self.limit / 8.0 {
            self.sharing.joined(now);
        }
        self.follow_level(now);
    }

    /// Sets the level to one more than the most requests that can be used now, and
    /// ignores reports on the requests sent so far.
    pub(super) fn follow_level(&mut self, now: f64) {
        let used = self.used_at_most();
        if used.is_finite() {
            self.level.set(now, (used + 1.0).min(self.limit));
            self.ignore_before = self.log.next();
        }
    }
}
