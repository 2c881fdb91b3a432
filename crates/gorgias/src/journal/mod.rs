//! Remembering what was sent, so that nothing is sent twice.
//!
//! [`create_once`](crate::Tickets::create_once) and
//! [`reply_once`](crate::Tickets::reply_once) write down what they are about to do
//! before the first byte leaves, and what came of it afterwards. A client
//! has a [`MemoryJournal`], which forgets everything with the process; give it
//! a durable one with [`ClientBuilder::journal`](crate::ClientBuilder::journal),
//! such as that of the `gorgias-journal` crate.

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
/// For each id a journal knows nothing, an *intent* (somebody means to send,
/// or sent), or that it is *done*. An intent belongs to whoever claimed it
/// until the lease ends; then it may be claimed again. This is what keeps two
/// writers of one id from both sending, so claiming has to be atomic: a
/// conditional write where the journal is a database.
///
/// An implementation keeps ids, hashes, ticket ids and times, and nothing
/// else of a ticket.
///
/// What is said of tickets here holds for replies too. Their keys are made by
/// [`reply_key`], and the ticket's id in what is [done](Outcome::Done) is that of
/// the message.
pub trait Journal: fmt::Debug + Send + Sync + 'static {
    /// Says whose journal it is: the helpdesk's of that name, such as
    /// `https://acme.gorgias.com`. The first one asked for is kept, as durably
    /// as an intent; any other later on is [`JournalError::of_another`].
    ///
    /// An id means nothing to another helpdesk, and a ticket that one has is
    /// not in the other. A client asks this before anything else.
    fn bind<'a>(&'a self, helpdesk: &'a str) -> JournalFuture<'a, ()>;

    /// Claims an id for a body, for as long as the lease. A hold that the
    /// caller says is expired counts as over, whatever the journal's clock
    /// says.
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

    /// Prolongs the caller's claim, to end a lease from now, for what the
    /// caller does next. Says whether it still was the caller's.
    ///
    /// The caller asks this before every attempt, and sends nothing if the
    /// claim was not its own any more. What is written down by it is as durable
    /// as a claim.
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
    /// if not, this is [`Outcome::NotApplied`]. Best effort: an intent that is never given up can
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
    /// An earlier claim ended before an attempt was written down. It is the
    /// caller's now, who looks for the ticket before sending it: the journal
    /// may be an older copy of the one that knows more.
    Unsent(ClaimId),
    /// An earlier claim ended without a settled outcome. It is the caller's
    /// now.
    Unsettled {
        /// The caller's claim.
        claim: ClaimId,
        /// How the earlier one ended.
        left: Left,
        /// Whether the intent is for the caller's body.
        same_body: bool,
        /// The hold that ended.
        hold: Hold,
        /// How long ago the last attempt began, by the journal's clock. A clock
        /// may be wrong: this decides what is worth trying and proves nothing.
        age: Duration,
        /// How long the last attempt may still take, if it began just before
        /// the claim. Zero if its end was written down.
        may_run: Duration,
    },
    /// The ticket was created before.
    Done {
        /// Its id.
        ticket_id: i64,
    },
    /// Somebody else holds a claim.
    Held {
        /// The hold, until it is given up, renewed or claimed anew.
        hold: Hold,
        /// How long it lasts by the journal's clock.
        remaining: Duration,
        /// How long it was taken for. More can't remain: then a clock was
        /// set.
        lease: Duration,
    },
    /// The ticket was created before, for another body.
    OtherBody,
}

/// What a claim is prolonged for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Stage {
    /// To look whether the ticket exists. Nothing is sent.
    Looking,
    /// To send a request with this body, which is the intent's from here on.
    /// The request may be out until the lease ends.
    Sending(BodyHash),
    /// To find out what came of a request that was sent. From here on the
    /// intent is in doubt, whatever becomes of its holder.
    Settling,
    /// To find the id of a ticket that exists. From here on the intent is that
    /// of a ticket that exists.
    Identifying,
}

/// How a claim ended that has no outcome. The later ones here are not forgotten
/// for the earlier ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Left {
    /// Its holder went away. The request may or may not have been sent.
    Interrupted,
    /// Its holder sent the request, looked for the ticket and didn't find it.
    InDoubt,
    /// The service said that it made the ticket, and the ticket's id isn't
    /// known. It is never sent again.
    Applied,
    /// It was in doubt, the service proved over the settle time that there is
    /// no ticket, and somebody chose that it is sent again.
    Freed,
}

/// One holding of an id: a claim until it is renewed, given up or claimed by
/// somebody else. Two of them are equal if nothing happened in between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hold {
    claim: ClaimId,
    mark: u64,
}

impl Hold {
    /// A hold by its claim and by a number that every renewal of the claim
    /// changes.
    #[must_use]
    pub fn new(claim: ClaimId, mark: u64) -> Self {
        Self { claim, mark }
    }
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
    /// What was sent under the claim wasn't applied: nothing was sent, or the
    /// service refused it. If nothing was sent under an earlier claim either,
    /// the journal forgets the id, so that a corrected ticket can be sent under
    /// it. If anything may have been, the intent stays what it was: a later
    /// refusal says nothing of an earlier request.
    NotApplied,
    /// The request was sent, and what came of it isn't known.
    InDoubt,
    /// The service said that it made the ticket, and its id isn't known.
    Applied,
    /// The service proved that there is no ticket, and somebody chose that it is
    /// sent again. Changes nothing if the ticket is known to exist.
    Freed,
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
