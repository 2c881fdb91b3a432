//! Telling the limiters apart.

use super::leak_estimate::Leak;
use super::log::Sent;
use super::machine::Machine;
use super::model::{Holding, LONG, Model, SHORT};
use super::report::BLUR;
use super::window_length::{Finding, Seen, WindowLength};

impl Machine {
    /// Adds the newest answer to the evidence.
    pub(super) fn identify(&mut self, number: u64, sent: Sent, used: f64, now: f64) {
        match self.model {
            Model::Unknown if sent.spaced => {
                let slow = self.limit / LONG;
                let strange = self.is_strange(number, sent, used);
                match self
                    .leak_estimate
                    .sample(sent.at, number, used, slow, strange)
                {
                    Leak::Undecided => {}
                    Leak::Holds => self.become_window(true, now),
                    Leak::Leaks(rate) => self.become_leaky(rate > 1.5 * slow, now),
                }
            }
            Model::Window { long } => {
                match self
                    .window_length
                    .note(sent.at, self.seen(number, sent, used))
                {
                    Finding::Leaks => self.become_leaky(false, now),
                    Finding::Short if long => self.become_window(false, now),
                    // A window that is neither short nor long may be none.
                    Finding::Long if !long => self.look_again(now),
                    _ => {}
                }
            }
            _ => {}
        }
    }

    /// Whether neither a short nor a long sliding window would count this many.
    fn is_strange(&self, number: u64, sent: Sent, used: f64) -> bool {
        let blur = self.network.spread() + BLUR;
        let after = self.log.neighbours(number, blur).1;
        [(SHORT, sent.short), (LONG, sent.long)]
            .into_iter()
            .all(|(span, at_most)| {
                let at_least = f64::from(self.log.within(number, span - blur));
                let at_most = f64::from(at_most.saturating_add(after));
                used <= at_least - 2.0 || used >= at_most + 2.0
            })
    }

    fn seen(&self, number: u64, sent: Sent, used: f64) -> Seen {
        let blur = self.network.spread() + BLUR;
        let (before, after) = self.log.neighbours(number, blur);
        // The oldest request that still counts, if none was overtaken.
        let oldest = number.saturating_add(1).saturating_sub(used as u64);
        let sent_at = |number: u64| self.log.get(number).map_or(sent.at - LONG, |sent| sent.at);
        Seen {
            used,
            short_at_least: f64::from(self.log.within(number, SHORT - blur)),
            short_at_most: f64::from(sent.short.saturating_add(after)),
            long: f64::from(sent.long),
            forgot_after: sent_at(oldest.saturating_sub(u64::from(before)).saturating_sub(1)),
            forgot_before: sent_at(oldest.saturating_add(u64::from(after)).min(number)),
        }
    }

    fn become_window(&mut self, long: bool, now: f64) {
        self.model = Model::Window { long };
        self.window_length = WindowLength::new(now);
    }

    /// Much was sent just now, so only spaced requests may follow.
    pub(super) fn look_again(&mut self, now: f64) {
        self.forget_model(now);
        self.holding = Holding {
            interactive: true,
            bulk: true,
        };
    }

    fn become_leaky(&mut self, fast: bool, now: f64) {
        self.model = Model::Leaky;
        self.level.rate = self.limit / if fast { SHORT } else { LONG };
        self.follow_level(now);
    }
}
