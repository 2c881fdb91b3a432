//! Remembering what was sent, so that nothing is sent twice.
//!
//! [`create_once`](crate::Tickets::create_once) writes down what it is about to
//! do before the first byte leaves, and what came of it afterwards. A client
//! has a [`MemoryJournal`], which forgets everything with the process; give it
//! a durable one with [`ClientBuilder::journal`](crate::ClientBuilder::journal),
//! such as that of the `gorgias-journal` crate.

mod body_hash;
mod memory;

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

pub use self::body_hash::BodyHash;
pub use self::memory::MemoryJournal;
use crate::delivery::ExternalId;

/// The future of a journal's work.
pub type JournalFuture<'a, T> = Pin<Box<dyn Future<Output = Result<T, JournalError>> + Send + 'a>>;

/// A record of intents and outcomes by [`ExternalId`].
///
/// For each id a journal knows nothing, an *intent* (somebody means to send,
/// or sent), or that it is *done*. An intent belongs to whoever claimed it
/// until the lease ends; then it may be claimed again. This is what keeps two
/// writers of one id from both sending, so claiming has to be atomic: a
/// conditional write where the journal is a database.
///
/// An implementation keeps ids, hashes, ticket ids and times, and nothing
/// else of a ticket.
pub trait Journal: fmt::Debug + Send + Sync + 'static {
    /// Says whose journal it is: the helpdesk's of that name, such as
    /// `https://acme.gorgias.com`. The first one asked for is kept, as durably
    /// as an intent; any other later on is [`JournalError::of_another`].
    ///
    /// An id means nothing to another helpdesk, and a ticket that one has is
    /// not in the other. A client asks this before anything else.
    fn bind<'a>(&'a self, helpdesk: &'a str) -> JournalFuture<'a, ()>;

    /// Claims an id for a body, for as long as the lease.
    ///
    /// When the future completes with a claim of the caller's own, the intent
    /// is as durable as the journal can make it. The caller sends only after
    /// that.
    ///
    /// | the journal has | the claim is |
    /// |---|---|
    /// | nothing | [`Claim::New`], and an intent is written |
    /// | another body | [`Claim::OtherBody`] |
    /// | done | [`Claim::Done`] |
    /// | an intent within its lease | [`Claim::Held`] |
    /// | an intent whose lease ended, or that was abandoned | [`Claim::Unsettled`] with [`Left::Interrupted`], and the intent is the caller's |
    /// | an intent that was recorded as in doubt | [`Claim::Unsettled`] with [`Left::InDoubt`], and the intent is the caller's |
    fn claim<'a>(
        &'a self,
        id: &'a ExternalId,
        body: BodyHash,
        lease: Duration,
    ) -> JournalFuture<'a, Claim>;

    /// Prolongs the caller's claim, to end a lease from now, for what the
    /// caller does next. Says whether it still was the caller's.
    fn renew<'a>(
        &'a self,
        id: &'a ExternalId,
        claim: ClaimId,
        stage: Stage,
        lease: Duration,
    ) -> JournalFuture<'a, bool>;

    /// Writes down what came of a claim.
    ///
    /// [`Outcome::Done`] is a fact, and is recorded whoever holds the claim by
    /// now. The others change nothing unless the claim is the caller's.
    fn record<'a>(
        &'a self,
        id: &'a ExternalId,
        claim: ClaimId,
        outcome: Outcome,
    ) -> JournalFuture<'a, ()>;

    /// Gives up a claim from a place that can't wait, such as a drop.
    ///
    /// If the request may be out, the intent stays and can be claimed at once;
    /// if not, it goes away. Best effort: an intent that is never given up can
    /// be claimed when its lease ends.
    fn abandon(&self, id: &ExternalId, claim: ClaimId, may_be_out: bool);

    /// Whether intents outlive the process. When they don't,
    /// [`create_once`](crate::Tickets::create_once) asks the service first
    /// whether a ticket is there from an earlier run.
    fn is_durable(&self) -> bool;
}

/// The answer to an attempt to claim an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Claim {
    /// Nothing was known of the id. It is the caller's now.
    New(ClaimId),
    /// An earlier claim ended without a settled outcome. It is the caller's
    /// now.
    Unsettled {
        /// The caller's claim.
        claim: ClaimId,
        /// How the earlier one ended.
        left: Left,
        /// How long nothing can have been sent for the id: since the last
        /// lease for sending ended, or was given up before that.
        quiet: Duration,
    },
    /// The ticket was created before.
    Done {
        /// Its id.
        ticket_id: i64,
    },
    /// Somebody else holds a claim.
    Held {
        /// How long that claim lasts, unless it is settled or renewed.
        remaining: Duration,
    },
    /// The id was used for another ticket.
    OtherBody,
}

/// What a claim is prolonged for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Stage {
    /// To look whether the ticket exists. Nothing is sent.
    Looking,
    /// To send the request. It may be out until the lease ends.
    Sending,
    /// To find out what came of a request that was sent. From here on the
    /// intent is in doubt, whatever becomes of its holder.
    Settling,
}

/// How a claim ended that has no outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Left {
    /// Its holder went away. The request may or may not have been sent.
    Interrupted,
    /// Its holder sent the request, looked for the ticket and didn't find it.
    InDoubt,
}

/// A claim of an id. A later claim of the same id has another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ClaimId(u64);

impl ClaimId {
    /// A claim by its number in the journal.
    #[must_use]
    pub fn new(number: u64) -> Self {
        Self(number)
    }

    /// The number.
    #[must_use]
    pub fn get(self) -> u64 {
        self.0
    }
}

/// What came of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// The ticket exists.
    Done {
        /// Its id.
        ticket_id: i64,
    },
    /// The ticket provably doesn't exist: nothing was sent, or the service
    /// refused it. The journal forgets the id, so that a corrected ticket can
    /// be sent under it.
    NotApplied,
    /// The request was sent, and what came of it isn't known.
    InDoubt,
}

/// A journal that failed. The cause is in `source`.
#[derive(Debug)]
pub struct JournalError(Box<dyn std::error::Error + Send + Sync>);

impl JournalError {
    /// A failure with its cause.
    pub fn new(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self(cause.into())
    }

    /// The answer to a client of another helpdesk than the journal's.
    #[must_use]
    pub fn of_another(helpdesk: &str) -> Self {
        Self::new(format!(
            "it is the journal of {helpdesk}, and every helpdesk needs one of its own"
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
    ) -> JournalFuture<'a, Claim> {
        (**self).claim(id, body, lease)
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
        outcome: Outcome,
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
