//! The state of the automatic pacer, and its decision.

use super::leak_estimate::LeakEstimate;
use super::level::Level;
use super::log::SendLog;
use super::model::{Holding, LONG, Model, SHORT};
use super::network::Network;
use super::ramp::Ramp;
use super::report::Report;
use super::sharing::Sharing;
use super::window_length::WindowLength;
use crate::pacer::governor::{Decision, Governor};
use crate::pacer::lane::Lane;
use crate::pacer::random::Random;
use crate::pacer::reading::CallLimit;

/// The documented limit of the smallest plan, assumed until an answer tells.
const ASSUMED_LIMIT: f64 = 40.0;
/// The least time between being told to wait and being told again, in seconds.
const TICK: f64 = 1e-3;

/// The automatic pacer: pure, told the time, without allocation in a decision.
#[derive(Debug)]
pub(crate) struct Machine {
    /// Requests per window, as last reported.
    pub(super) limit: f64,
    pub(super) known: bool,
    /// Answers in a row without a readable limit.
    pub(super) silent: u32,
    pub(super) model: Model,
    pub(super) log: SendLog,
    pub(super) network: Network,
    pub(super) level: Level,
    pub(super) sharing: Sharing,
    pub(super) ramp: Ramp,
    pub(super) leak_estimate: LeakEstimate,
    pub(super) window_length: WindowLength,
    pub(super) newest: Option<Report>,
    pub(super) holding: Holding,
    /// The next report is taken as it is, without asking who caused it.
    pub(super) rebase: bool,
    /// What others had used when last looked at, before the model is known.
    pub(super) others: f64,
    /// Answers to sends before this one are about a time that is over.
    pub(super) regime: u64,
    pub(super) in_flight: u32,
    pub(super) last_interactive: Option<f64>,
    pub(super) random: Random,
}

impl Machine {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            limit: ASSUMED_LIMIT,
            known: false,
            silent: 0,
            model: Model::Unknown,
            log: SendLog::new(SHORT, LONG),
            network: Network::new(),
            level: Level::new(ASSUMED_LIMIT / LONG),
            sharing: Sharing::new(),
            ramp: Ramp::new(1),
            leak_estimate: LeakEstimate::new(),
            window_length: WindowLength::new(0.0),
            newest: None,
            holding: Holding::default(),
            rebase: true,
            others: 0.0,
            regime: 0,
            in_flight: 0,
            last_interactive: None,
            random: Random::new(seed),
        }
    }

    /// After a long silence nothing is known of what others did meanwhile.
    fn wake_up(&mut self) {
        if self.log.long() == 0 && self.newest.is_some() {
            self.newest = None;
            self.rebase = true;
            self.ramp = Ramp::new(4);
        }
    }

    fn sent(&mut self, lane: Lane, now: f64) -> u64 {
        if lane == Lane::Interactive {
            self.last_interactive = Some(now);
        }
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
        self.ramp.settled(number, self.in_flight);
    }
}

impl Governor for Machine {
    fn decide(&mut self, lane: Lane, now: f64) -> Decision {
        self.log.advance(now, self.guard());
        self.wake_up();
        let ready = self.ready_at(lane, now);
        if ready > now {
            Decision::Wait(ready.max(now + TICK))
        } else {
            Decision::Send(self.sent(lane, now))
        }
    }

    fn answered(&mut self, number: u64, call_limit: Option<CallLimit>, now: f64) {
        self.observe(number, call_limit, now);
        if let Some(call_limit) = call_limit {
            self.report(
                number,
                f64::from(call_limit.used.min(call_limit.limit)),
                now,
            );
        }
        self.ramp.settled(number, self.in_flight);
    }

    fn throttled(&mut self, number: u64, call_limit: Option<CallLimit>, pause_ends: f64, now: f64) {
        self.observe(number, call_limit, now);
        self.start_over(number, pause_ends, now);
        self.ramp.settled(number, self.in_flight);
    }

    fn unanswered(&mut self, number: u64, _now: f64) {
        self.answer_missing(number);
        // It may have arrived, and no report will say so.
        if let Some(newest) = &mut self.newest {
            newest.peak += 1.0;
        }
    }

    fn take_back(&mut self, number: u64, now: f64) {
        if self.log.take_back(number) {
            self.ramp.taken_back();
            self.sharing.give_back();
            if number >= self.regime {
                self.level.set(now, self.level.at(now) - 1.0);
            }
        }
        self.answer_missing(number);
    }
}
