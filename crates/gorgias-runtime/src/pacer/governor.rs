//! The interface of the rule that decides when a request may be sent.

use super::lane::Lane;
use super::snapshot::RateLimitSnapshot;

/// Decides when a request may be sent. A governor reads no clock: the caller passes
/// the time, in seconds since the governor was created. The caller doesn't ask for
/// a decision during the pause after a 429.
pub(crate) trait Governor {
    /// Grants a slot for a request, or returns when to ask again.
    fn decide(&mut self, lane: Lane, now: f64) -> Decision;

    /// Called after an answer, with the use of the limit if the answer reports it.
    fn answered(&mut self, _number: u64, _reported: Option<RateLimitSnapshot>, _now: f64) {}

    /// Called after a 429. Nothing is sent until the pause ends.
    fn throttled(
        &mut self,
        _number: u64,
        _reported: Option<RateLimitSnapshot>,
        _pause_ends: f64,
        _now: f64,
    ) {
    }

    /// Called for a request that may have been sent and will get no answer.
    fn unanswered(&mut self, _number: u64, _now: f64) {}

    /// Called for a request that was not sent: its slot is free again.
    fn take_back(&mut self, _number: u64, _now: f64) {}
}

/// The decision of a governor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Decision {
    /// The request may be sent now, under this number.
    Send(u64),
    /// The request has to wait. Ask again at this time, which is later than
    /// now, or after the next answer.
    Wait(f64),
}
