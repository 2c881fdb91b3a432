//! What decides when a request may be sent.

use super::lane::Lane;

/// A pause is never longer than this, whatever the service asks for. Seconds.
pub(crate) const LONGEST_PAUSE: f64 = 120.0;

/// A pure rule: it is told the time (seconds since it was made), never asks for it.
pub(crate) trait Governor {
    /// Grants a slot, or says when to ask again.
    fn decide(&mut self, lane: Lane, now: f64) -> Decision;

    /// A granted request was answered.
    fn answered(&mut self, number: u64, reading: Reading, now: f64);

    /// A granted request may have been sent, and no answer will come.
    fn unanswered(&mut self, number: u64, now: f64);

    /// A granted request was not sent: its slot is free again.
    fn take_back(&mut self, number: u64, now: f64);
}

/// What a governor says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Decision {
    /// Send now, under this number.
    Send(u64),
    /// Ask again at this time, which is later than now, or when an answer came.
    Wait(f64),
}

/// Requests used, of how many (at least 1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CallLimit {
    pub used: u32,
    pub limit: u32,
}

/// What a governor learns from an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Reading {
    /// The request was refused because of the rate limit.
    pub throttled: bool,
    pub call_limit: Option<CallLimit>,
    /// Seconds the service asked to wait.
    pub retry_after: Option<f64>,
}
