//! Records what was sent, so that nothing is sent twice.
//!
//! [`create_once`](crate::Tickets::create_once) and
//! [`reply_once`](crate::Tickets::reply_once) record their intent before they send
//! a request, and its outcome afterwards. By default a client has a
//! [`MemoryJournal`], which is lost when the process ends.
//! [`ClientBuilder::journal`](crate::ClientBuilder::journal) sets a durable one, such
//! as that of the crate `gorgias-journal`. Its rules are in [`KeyState`].

mod body_hash;
mod key;
mod key_state;
mod memory;

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use gorgias_runtime::ExternalId;

pub use self::body_hash::BodyHash;
pub use self::key::{replied_ticket, reply_key};
pub use self::key_state::KeyState;
pub use self::memory::MemoryJournal;

/// The future of a journal's work.
pub type JournalFuture<'a, T> = Pin<Box<dyn Future<Output = Result<T, JournalError>> + Send + 'a>>;

/// A record of intents and outcomes by [`ExternalId`].
///
/// For each id a journal has nothing, an *intent* (a request is about to be sent,
/// or was sent), or the record that it is *done*. An intent belongs to the writer
/// who claimed it until its lease ends. After that another writer may claim it.
/// Claims keep two writers of one id from both sending, so claiming has to be
/// atomic: a conditional write if the journal is a database. [`KeyState`] has the
/// rules.
///
/// An implementation stores ids, hashes, ticket ids and times, and nothing
/// else of a ticket.
///
/// A journal keeps replies in the same way. Their keys are made by [`reply_key`].
pub trait Journal: fmt::Debug + Send + Sync + 'static {
    /// Binds the journal to a helpdesk, such as `https://acme.gorgias.com`. The
    /// first call stores the helpdesk, as durably as an intent. A later call with
    /// another helpdesk fails with [`JournalError::of_another`].
    ///
    /// Ids and tickets belong to one helpdesk. A client calls this before any other
    /// method.
    fn bind<'a>(&'a self, helpdesk: &'a str) -> JournalFuture<'a, ()>;

    /// Claims an id for a body, for as long as the lease. The hold `expired` counts
    /// as over, whatever the journal's clock says.
    ///
    /// When the future completes with a claim of the caller's own, the intent
    /// is as durable as the journal can make it. The caller sends only after
    /// that, and after [`renew`](Self::renew) with [`Stage::Sending`].
    ///
    /// | the journal has | the claim is |
    /// |---|---|
    /// | nothing | [`Claim::New`], and an intent is written |
    /// | done, with the same body | [`Claim::Done`] |
    /// | done, with another body | [`Claim::OtherBody`] |
    /// | an intent within its lease | [`Claim::Held`] |
    /// | an intent that ended before anything was sent for it | [`Claim::Unsent`], with the caller's body |
    /// | any other intent that nobody holds | [`Claim::Unsettled`], with its body as it is |
    fn claim<'a>(
        &'a self,
        id: &'a ExternalId,
        body: BodyHash,
        lease: Duration,
        expired: Option<Hold>,
    ) -> JournalFuture<'a, Claim>;

    /// The body that an id was used for, if the journal knows the id.
    fn body<'a>(&'a self, id: &'a ExternalId) -> JournalFuture<'a, Option<BodyHash>>;

    /// Renews the caller's claim for its next stage, for the length of `lease` from
    /// now. Returns false if another claim has taken over the id.
    ///
    /// The caller renews its claim before every attempt, and sends nothing if the
    /// claim was lost. The record is as durable as a claim.
    fn renew<'a>(
        &'a self,
        id: &'a ExternalId,
        claim: ClaimId,
        stage: Stage,
        lease: Duration,
    ) -> JournalFuture<'a, bool>;

    /// Records the outcome of a claim.
    ///
    /// [`ClaimOutcome::Done`] is recorded whoever holds the claim by now, because it is a
    /// fact. Other outcomes change nothing if the claim is another's.
    fn record<'a>(
        &'a self,
        id: &'a ExternalId,
        claim: ClaimId,
        outcome: ClaimOutcome,
    ) -> JournalFuture<'a, ()>;

    /// Gives up a claim from a place that can't wait, such as a drop.
    ///
    /// If a request may have been sent, the intent stays and can be claimed at once.
    /// Otherwise the outcome [`ClaimOutcome::NotApplied`] is recorded. A failure may be
    /// silent, because an intent that is never given up can be claimed when its lease
    /// ends.
    fn abandon(&self, id: &ExternalId, claim: ClaimId, may_be_out: bool);

    /// Whether intents outlive the process. If they don't,
    /// [`create_once`](crate::Tickets::create_once) looks for a ticket of an earlier
    /// run before it sends anything.
    fn is_durable(&self) -> bool;
}

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

/// The number of a claim. Each claim of an id has another one.
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

/// The error of a journal. The cause is in `source`.
#[derive(Debug)]
pub struct JournalError(Box<dyn std::error::Error + Send + Sync>);

impl JournalError {
    /// Creates an error with its cause.
    pub fn new(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self(cause.into())
    }

    /// Creates the error for a client of another helpdesk than the journal's.
    #[must_use]
    pub fn of_another(helpdesk: &str) -> Self {
        Self::new(format!(
            "it is the journal of {helpdesk}, and this client talks to another helpdesk"
        ))
    }
}

impl fmt::Display for JournalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the journal failed")
    }
}

impl std::error::Error for JournalError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&*self.0)
    }
}

/// A journal that several clients share.
impl<J: Journal + ?Sized> Journal for Arc<J> {
    fn bind<'a>(&'a self, helpdesk: &'a str) -> JournalFuture<'a, ()> {
        (**self).bind(helpdesk)
    }

    fn claim<'a>(
        &'a self,
        id: &'a ExternalId,
        body: BodyHash,
        lease: Duration,
        expired: Option<Hold>,
    ) -> JournalFuture<'a, Claim> {
        (**self).claim(id, body, lease, expired)
    }

    fn body<'a>(&'a self, id: &'a ExternalId) -> JournalFuture<'a, Option<BodyHash>> {
        (**self).body(id)
    }

    fn renew<'a>(
        &'a self,
        id: &'a ExternalId,
        claim: ClaimId,
        stage: Stage,
        lease: Duration,
    ) -> JournalFuture<'a, bool> {
        (**self).renew(id, claim, stage, lease)
    }

    fn record<'a>(
        &'a self,
        id: &'a ExternalId,
        claim: ClaimId,
        outcome: ClaimOutcome,
    ) -> JournalFuture<'a, ()> {
        (**self).record(id, claim, outcome)
    }

    fn abandon(&self, id: &ExternalId, claim: ClaimId, may_be_out: bool) {
        (**self).abandon(id, claim, may_be_out);
    }

    fn is_durable(&self) -> bool {
        (**self).is_durable()
    }
}
