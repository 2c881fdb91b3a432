//! Finds out how the service counts: as a leaky bucket, or in a window of 10 or
//! 20 seconds.

use super::leak_estimate::Leak;
use super::log::Sent;
use super::machine::Machine;
use super::model::{LONG, Model, SHORT, Spacing};
use super::report::REORDER_SPAN;
use super::window_length::{Finding, WindowLength, WindowSample};

impl Machine {
    /// Uses the newest answer as evidence of how the service counts.
    pub(super) fn identify(&mut self, number: u64, sent: Sent, used: f64, now: f64) {
        match self.model {
            Model::Unknown if sent.spaced => {
                let slow = self.limit / LONG;
                match self.leak_estimate.sample(sent.at, number, used, slow) {
                    Leak::Undecided => {}
                    Leak::Absent => self.become_window(true, now),
                    // A bucket leaks at the slow rate or at twice that.
                    Leak::Rate(rate) => self.become_leaky(rate > 1.5 * slow, now),
                }
            }
            Model::Window { long } => {
                match self
                    .window_length
                    .note(sent.at, self.window_sample(number, sent, used))
                {
                    // If the bucket leaks at twice the slow rate, the answers
                    // correct the level.
                    Finding::Leaks => self.become_leaky(false, now),
                    Finding::Short if long => self.become_window(false, now),
                    // The answers contradict both lengths of a window, so the
                    // service may be a leaky bucket.
                    Finding::Long if !long => self.identify_again(now),
                    _ => {}
                }
            }
            _ => {}
        }
    }

    fn window_sample(&self, number: u64, sent: Sent, used: f64) -> WindowSample {
        let span = self.network.spread() + REORDER_SPAN;
        let (before, after) = self.log.neighbours(number, span);
        // The number of the oldest request that the service still counts, if no
        // request overtook another.
        let oldest = number.saturating_add(1).saturating_sub(used as u64);
        let sent_at = |number: u64| self.log.get(number).map_or(sent.at - LONG, |sent| sent.at);
        WindowSample {
            used,
            short_at_least: f64::from(self.log.within(number, SHORT - span)),
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

    /// Starts to identify the way of counting again. Many requests were sent just
    /// now, so only spaced requests may follow.
    pub(super) fn identify_again(&mut self, now: f64) {
        self.forget_model(now);
        self.spacing = Spacing {
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
