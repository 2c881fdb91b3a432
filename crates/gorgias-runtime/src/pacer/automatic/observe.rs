//! What an answer changes.

use super::drain::Drain;
use super::machine::{Holding, LONG, Machine, Model};
use super::ramp::Ramp;
use super::report::Report;
use super::stretch::Stretch;
use crate::pacer::governor::{CallLimit, LONGEST_PAUSE, Reading};

/// No limit is believed to be higher than this.
const HIGHEST_LIMIT: u32 = 2_000;

impl Machine {
    /// Takes the answer to a send.
    pub(super) fn observe(&mut self, number: u64, reading: Reading, now: f64) {
        if let Some(sent) = self.log.get(number) {
            self.network.observe(now, now - sent.at);
        }
        match reading.call_limit {
            Some(call_limit) => self.learn(call_limit, now),
            None => self.silent = self.silent.saturating_add(1),
        }
        if reading.throttled {
            self.pause(number, reading.retry_after, now);
            return;
        }
        self.throttled = 0;
        if let Some(call_limit) = reading.call_limit {
            self.report(
                number,
                f64::from(call_limit.used.min(call_limit.limit)),
                now,
            );
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

    /// Everything pauses once. Whatever was believed led here, so it goes.
    fn pause(&mut self, number: u64, retry_after: Option<f64>, now: f64) {
        // Whoever is refused again after the wait that was asked for is one of many,
        // and refused requests may count: they have to spread out, more each time.
        let step = f64::from(2_u32.saturating_pow(self.throttled.min(6)));
        let pause = retry_after.unwrap_or(step.min(LONG));
        let spread = 0.1 + 0.05 * pause + (step - 1.0).min(2.0 * LONG);
        let pause = pause + self.random.between(0.0, spread);
        let until = now + pause.clamp(0.0, LONGEST_PAUSE);
        self.paused_until = self.paused_until.max(until);
        self.level.set(self.paused_until, self.limit);
        self.newest = None;
        if number < self.regime {
            // One of several that were under way when the limit was hit.
            return;
        }
        self.throttled = self.throttled.saturating_add(1);
        self.sharing.throttled(now, self.paused_until);
        self.forget_model(now);
        self.ramp = Ramp::new(1);
        self.regime = self.log.next();
        self.rebase = true;
    }

    pub(super) fn forget_model(&mut self, now: f64) {
        self.model = Model::Unknown;
        self.level.rate = self.limit / LONG;
        self.holding = Holding::default();
        self.drain = Drain::new();
        self.stretch = Stretch::new(now);
    }

    fn report(&mut self, number: u64, used: f64, now: f64) {
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
            self.notice_company(number, used, now);
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
