//! What decides when a request may be sent.

use super::lane::Lane;
use super::reading::CallLimit;

/// A pure rule: it is told the time (seconds since it was made), never asks for it.
/// It isn't asked during a pause.
pub(crate) trait Governor {
    /// Grants a slot, or says when to ask again.
    fn decide(&mut self, lane: Lane, now: f64) -> Decision;

    /// A granted request was answered, with the use of the limit if it is told.
    fn answered(&mut self, number: u64, call_limit: Option<CallLimit>, now: f64);

    /// A granted request was refused because of the rate limit. Nothing is sent
    /// until the pause ends.
    fn throttled(&mut self, number: u64, call_limit: Option<CallLimit>, pause_ends: f64, now: f64);

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
