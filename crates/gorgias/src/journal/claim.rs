//! Claims of a key: the answer to an attempt to claim it, the stages of a claim, and
//! its outcome.

use std::time::Duration;

use super::BodyHash;

/// The answer to an attempt to claim an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Claim {
    /// The journal didn't have the id. The caller holds it now.
    New(ClaimId),
    /// An earlier claim ended before an attempt was recorded. The caller holds the
    /// id now. It looks for the ticket before it sends, because the journal may be
    /// an older copy of one that has an attempt.
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
        /// The time since the last attempt began, by the journal's clock. The clock
        /// may be wrong, so this proves nothing.
        age: Duration,
        /// The longest time that the last attempt may still take, as if it began
        /// just before the claim. Zero if its end was recorded.
        may_run: Duration,
    },
    /// The ticket was created before.
    Done {
        /// The id of the ticket, or of the message of a reply.
        resource_id: i64,
    },
    /// Another claim holds the id.
    Held {
        /// The present hold. A renewal makes another one.
        hold: Hold,
        /// The time until the hold ends, by the journal's clock.
        remaining: Duration,
        /// The length of the hold's lease. If `remaining` is longer, somebody has
        /// set a clock.
        lease: Duration,
    },
    /// The ticket was created before, for another body.
    OtherBody,
}

/// The stage that the holder of a claim begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Stage {
    /// The holder looks whether the ticket exists. Nothing is sent.
    Looking,
    /// The holder sends a request with this body, which becomes that of the intent.
    /// The request may be under way until the lease ends.
    Sending(BodyHash),
    /// The holder looks for the ticket of a request that was sent. From here on the
    /// intent is in doubt, even if the holder crashes.
    Settling,
    /// The holder looks for the id of a ticket that exists. From here on the intent
    /// is that of a ticket that exists.
    Identifying,
}

/// How a claim without an outcome ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Left {
    /// Its holder crashed or was dropped. The request may have been sent.
    Interrupted,
    /// Its holder sent the request, and didn't find the ticket.
    InDoubt,
    /// The service answered that it created the ticket, whose id isn't known. The
    /// ticket is never sent again.
    Applied,
    /// The ticket was in doubt, the service proved over the settle time that it is
    /// absent, and the user chose to send it again.
    Freed,
}

/// A claim up to its next renewal. Two holds of an id are equal if no claim was
/// renewed or given up in between.
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
    /// The service proved that there is no ticket, and the user chose to send it
    /// again. Changes nothing if the ticket is known to exist.
    Freed,
}
