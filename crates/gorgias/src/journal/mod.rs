//! Records which tickets and replies were sent, so that none is sent twice.
//!
//! [`create_once`](crate::Tickets::create_once) and
//! [`reply_once`](crate::Tickets::reply_once) record their intent before they send
//! a request, and its outcome afterwards. By default a client has a
//! [`MemoryJournal`], which is lost when the process ends.
//! [`ClientBuilder::journal`](crate::ClientBuilder::journal) sets a durable one, such
//! as that of the crate `gorgias-journal`. [`KeyState`] has the rules of all journals.

mod body_hash;
mod claim;
mod key;
mod key_state;
mod memory;

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use gorgias_runtime::ExternalId;

pub use self::body_hash::BodyHash;
pub use self::claim::{Claim, ClaimId, ClaimOutcome, Hold, Left, Stage};
pub use self::key::{replied_ticket, reply_key};
pub use self::key_state::KeyState;
pub use self::memory::MemoryJournal;

/// The future that most methods of a journal return.
pub type JournalFuture<'a, T> = Pin<Box<dyn Future<Output = Result<T, JournalError>> + Send + 'a>>;

/// A record of intents and outcomes by [`ExternalId`].
///
/// For each id a journal has nothing, an *intent* (a request is about to be sent, or
/// was sent), or the record that the id is *done* (its ticket exists). An intent
/// belongs to the writer who claimed it until its lease ends. After that another
/// writer may claim it. Claims keep two writers of one id from both sending, so
/// claiming has to be atomic: a conditional write if the journal is a database.
/// [`KeyState`] has the rules.
///
/// An implementation stores ids, hashes, ticket ids and times, and nothing
/// else of a ticket.
///
/// A journal keeps replies as it keeps tickets. [`reply_key`] creates the id under
/// which a reply is kept.
pub trait Journal: fmt::Debug + Send + Sync + 'static {
    /// Binds the journal to a helpdesk, such as `https://acme.gorgias.com`. The
    /// first call stores the helpdesk, as durably as an intent. A later call with
    /// another helpdesk fails with [`JournalError::of_another`].
    ///
    /// Ids and tickets belong to one helpdesk. A client calls this method before any
    /// other.
    fn bind<'a>(&'a self, helpdesk: &'a str) -> JournalFuture<'a, ()>;

    /// Claims an id for a body, for as long as the lease. If the present hold of the
    /// id equals `expired`, it counts as over, whatever the journal's clock says.
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
    /// | an intent that nobody holds, and for which nothing was sent | [`Claim::Unsent`], and the intent gets the caller's body |
    /// | any other intent that nobody holds | [`Claim::Unsettled`], and the intent keeps its body |
    fn claim<'a>(
        &'a self,
        id: &'a ExternalId,
        body: BodyHash,
        lease: Duration,
        expired: Option<Hold>,
    ) -> JournalFuture<'a, Claim>;

    /// Returns the hash of the body that an id was used for, if the journal has the
    /// id.
    fn body<'a>(&'a self, id: &'a ExternalId) -> JournalFuture<'a, Option<BodyHash>>;

    /// Renews the caller's claim for its next stage, for the length of `lease` from
    /// now. Returns false if another claim has taken over the id.
    ///
    /// The caller renews its claim before every attempt, and sends nothing if the
    /// claim was lost. The journal stores the renewal as durably as a claim.
    fn renew<'a>(
        &'a self,
        id: &'a ExternalId,
        claim: ClaimId,
        stage: Stage,
        lease: Duration,
    ) -> JournalFuture<'a, bool>;

    /// Records the outcome of a claim.
    ///
    /// [`ClaimOutcome::Done`] is recorded even if another claim has taken over the
    /// id, because the ticket exists in any case. Every other outcome changes
    /// nothing then.
    fn record<'a>(
        &'a self,
        id: &'a ExternalId,
        claim: ClaimId,
        outcome: ClaimOutcome,
    ) -> JournalFuture<'a, ()>;

    /// Gives up a claim without waiting. It is for code that can't await a future,
    /// such as `Drop`.
    ///
    /// `may_be_out` says whether a request may have been sent. If it may, the intent
    /// stays and can be claimed at once. Otherwise the outcome
    /// [`ClaimOutcome::NotApplied`] is recorded. An implementation may ignore a
    /// failure, because a claim that is never given up ends with its lease.
    fn abandon(&self, id: &ExternalId, claim: ClaimId, may_be_out: bool);

    /// Whether intents outlive the process. If they don't,
    /// [`create_once`](crate::Tickets::create_once) looks for the ticket before it
    /// sends anything, because an earlier process may have created it.
    fn is_durable(&self) -> bool;
}

/// The error of a journal. The cause is in `source`.
#[derive(Debug)]
pub struct JournalError(Box<dyn std::error::Error + Send + Sync>);

impl JournalError {
    /// Creates an error with this cause.
    pub fn new(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self(cause.into())
    }

    /// Creates the error for a client of another helpdesk. `helpdesk` is that of the
    /// journal.
    #[must_use]
    pub fn of_another(helpdesk: &str) -> Self {
        Self::new(format!(
            "the journal belongs to {helpdesk}, but this client talks to another helpdesk"
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
