//! Claims of a key: the journal's answer when a key is claimed, the stages of a
//! claim, and its outcome.

use std::time::Duration;

use super::BodyHash;

/// The answer of [`Journal::claim`](super::Journal::claim).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Claim {
    /// The journal didn't have the id. The caller holds it now.
    New(ClaimId),
    /// An earlier claim ended before an attempt was recorded. The caller holds
    /// the id now. The caller looks for the ticket before it sends, because
    /// this journal may be an old copy, made before an attempt was recorded in
    /// the original.
    Unsent(ClaimId),
    /// An earlier claim ended without an outcome. The caller holds the id now.
    Unsettled {
        /// The caller's claim.
        claim: ClaimId,
        /// How the earlier claim ended.
        left: Left,
        /// Whether the intent is for the caller's body.
        same_body: bool,
        /// The hold that ended.
        hold: Hold,
        /// The time since the last attempt began, by the journal's clock. The
        /// clock may be wrong, so the time proves nothing.
        age: Duration,
        /// The longest time that the last attempt may still take, counted as if
        /// the attempt began just before the caller's claim. Zero if the end of
        /// the attempt was recorded.
        may_run: Duration,
    },
    /// The ticket was created before.
    Done {
        /// The id of the ticket, or of the message of a reply.
        resource_id: i64,
    },
    /// Another claim holds the id.
    Held {
        /// The present hold. Each renewal replaces it with another hold.
        hold: Hold,
        /// The time until the hold ends, by the journal's clock.
        remaining: Duration,
        /// The length of the hold's lease. If `remaining` is longer, the
        /// journal's clock was set back.
        lease: Duration,
    },
    /// The ticket was created before, with another body.
    OtherBody,
}

/// The stage that the holder of a claim begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Stage {
    /// The holder looks whether the ticket exists. It sends no request that
    /// creates the ticket.
    Looking,
    /// The holder sends a request with this body, which becomes the body of the
    /// intent. The request may be under way until the lease ends.
    Sending(BodyHash),
    /// The holder looks for the ticket of a request that was sent. From here on the
    /// intent is in doubt, even if the holder crashes.
    Settling,
    /// The holder looks for the id of a ticket that exists. From here on the
    /// intent says that the ticket exists.
    Identifying,
}

/// How a claim without an outcome ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Left {
    /// The holder crashed or was dropped. The request may have been sent.
    Interrupted,
    /// The holder sent the request, and didn't find the ticket.
    InDoubt,
    /// The service answered that it created the ticket, whose id isn't known. The
    /// ticket is never sent again.
    Applied,
    /// The ticket was in doubt, the service proved over the settle time that it is
    /// absent, and the user chose to send it again.
    Freed,
}

/// A claim up to its next renewal. Two holds of an id are equal if they are of
/// one claim, and the claim was neither renewed nor given up in between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hold {
    claim: ClaimId,
    mark: u64,
}

impl Hold {
    /// Creates a hold from its claim and from a number that every renewal changes.
    #[must_use]
    pub fn new(claim: ClaimId, mark: u64) -> Self {
        Self { claim, mark }
    }
}

/// The number of a claim. No two claims of an id have the same number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ClaimId(u64);

impl ClaimId {
    /// Creates the id from the number in the journal.
    #[must_use]
    pub fn new(number: u64) -> Self {
        Self(number)
    }

    /// Returns the number.
    #[must_use]
    pub fn get(self) -> u64 {
        self.0
    }
}

/// The outcome of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ClaimOutcome {
    /// The ticket exists.
    Done {
        /// The id of the ticket, or of the message of a reply.
        resource_id: i64,
    },
    /// No request of the claim was applied: none was sent, or the service refused
    /// it. If no earlier claim sent a request either, the journal forgets the id, so
    /// that a corrected ticket can be sent under it. Otherwise the intent stays as it
    /// was, because a later refusal says nothing about an earlier request.
    NotApplied,
    /// The request was sent, and may have been applied.
    InDoubt,
    /// The service answered that it created the ticket, whose id isn't known.
    Applied,
    /// The service proved that there is no ticket, and the user chose to send
    /// it again. This outcome changes nothing if the ticket is known to exist.
    Freed,
}
