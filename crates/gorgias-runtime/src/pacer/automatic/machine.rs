//! The state of the automatic pacer, and its decisions.

use super::leak_estimate::LeakEstimate;
use super::level::Level;
use super::log::SendLog;
use super::model::{LONG, Model, SHORT, Spacing};
use super::network::Network;
use super::ramp::Ramp;
use super::report::Report;
use super::sharing::Sharing;
use super::window_length::WindowLength;
use crate::pacer::governor::{Decision, Governor};
use crate::pacer::lane::Lane;
use crate::pacer::random::Random;
use crate::pacer::snapshot::RateLimitSnapshot;

/// The documented limit of the smallest plan, which is assumed until an answer
/// reports the limit.
const ASSUMED_LIMIT: f64 = 40.0;
/// The shortest wait, in seconds, so that no waiter asks in a tight loop.
const TICK: f64 = 1e-3;

/// The automatic pacer. It reads no clock, and a decision doesn't allocate.
#[derive(Debug)]
pub(crate) struct Machine {
    /// Requests per window, as last reported.
    pub(super) limit: f64,
    pub(super) limit_known: bool,
    /// The number of answers in a row without a readable limit.
    pub(super) answers_without_limit: u32,
    pub(super) model: Model,
    pub(super) log: SendLog,
    pub(super) network: Network,
    pub(super) level: Level,
    pub(super) sharing: Sharing,
    pub(super) ramp: Ramp,
    pub(super) leak_estimate: LeakEstimate,
    pub(super) window_length: WindowLength,
    pub(super) newest: Option<Report>,
    pub(super) spacing: Spacing,
    /// Whether the next report becomes the new base: the use that it reports
    /// isn't compared with the requests that we sent.
    pub(super) adopt_next_report: bool,
    /// The requests of other clients that the reported use contains. Kept only
    /// while no level is followed: the model is unknown or a window.
    pub(super) used_by_others: f64,
    /// Reports on requests before this number are ignored: these requests were
    /// sent before the last 429, or before the level was last set to the
    /// reported use.
    pub(super) ignore_before: u64,
    pub(super) in_flight: u32,
    pub(super) random: Random,
}

impl Machine {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            limit: ASSUMED_LIMIT,
            limit_known: false,
            answers_without_limit: 0,
            model: Model::Unknown,
            log: SendLog::new(SHORT, LONG),
            network: Network::new(),
            level: Level::new(ASSUMED_LIMIT / LONG),
            sharing: Sharing::new(),
            ramp: Ramp::new(1),
            leak_estimate: LeakEstimate::new(),
            window_length: WindowLength::new(0.0),
            newest: None,
            spacing: Spacing::default(),
            adopt_next_report: true,
            used_by_others: 0.0,
            ignore_before: 0,
            in_flight: 0,
            random: Random::new(seed),
        }
    }

    /// Forgets the use after a long silence. The requests that other clients sent
    /// meanwhile are unknown, so the next report becomes the new base and the
    /// ramp starts again.
    fn forget_after_silence(&mut self) {
        if self.log.long() == 0 && self.newest.is_some() {
            self.newest = None;
            self.adopt_next_report = true;
            self.ramp = Ramp::new(4);
        }
    }

    fn sent(&mut self, now: f64) -> u64 {
        let spaced = self
            .log
            .last_at()
            .is_none_or(|at| now - at >= 0.9 * LeakEstimate::INTERVAL);
        let expected = self.level.deposit(now);
        let number = self.log.push(now, expected, spaced);
        self.in_flight = self.in_flight.saturating_add(1);
        self.ramp.sent(number);
        self.sharing.spend(self.random.between(0.9, 1.1));
        number
    }

    fn answer_missing(&mut self, number: u64) {
        self.in_flight = self.in_flight.saturating_sub(1);
        self.ramp.finished(number);
    }
}

impl Governor for Machine {
    fn decide(&mut self, lane: Lane, now: f64) -> Decision {
        self.log.advance(now, self.window_slack());
        self.forget_after_silence();
        let ready = self.ready_at(lane, now);
        if ready > now {
            Decision::Wait(ready.max(now + TICK))
        } else {
            Decision::Send(self.sent(now))
        }
    }

    fn answered(&mut self, number: u64, reported: Option<RateLimitSnapshot>, now: f64) {
        self.observe(number, reported, now);
        if let Some(reported) = reported {
            self.report(
                number,
                f64::from(reported.used().min(reported.limit())),
                now,
            );
        }
        self.ramp.finished(number);
    }

    fn throttled(
        &mut self,
        number: u64,
        reported: Option<RateLimitSnapshot>,
        pause_ends: f64,
        now: f64,
    ) {
        self.observe(number, reported, now);
        self.start_over(number, pause_ends, now);
        self.ramp.finished(number);
    }

    fn unanswered(&mut self, number: u64, _now: f64) {
        self.answer_missing(number);
        // The request may have arrived, and no answer will report it as used.
        if let Some(newest) = &mut self.newest {
            newest.peak += 1.0;
        }
    }

    fn take_back(&mut self, number: u64, now: f64) {
        if self.log.take_back(number) {
            self.ramp.taken_back();
            self.sharing.give_back();
            if number >= self.ignore_before {
                self.level.set(now, self.level.at(now) - 1.0);
            }
        }
        self.answer_missing(number);
    }
}
