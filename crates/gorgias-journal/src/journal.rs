//! The journal.

use std::path::Path;
use std::time::{Duration, SystemTime};

use gorgias::ExternalId;
use gorgias::journal::{
    BodyHash, Claim, ClaimId, Hold, Journal, JournalError, JournalFuture, Outcome, Stage,
};

use crate::book::Book;
use crate::clock::{Clock, duration, system_time};
use crate::entry::{Counts, Entry, Unsettled};
use crate::file::{OpenError, open, open_existing};
use crate::writer::{Job, Writer};

/// A [`Journal`] in a SQLite file. See the crate's documentation.
///
/// It has a thread of its own. Dropping the journal ends it, and waits for what
/// is being written.
#[derive(Debug)]
pub struct SqliteJournal {
    writer: Writer,
}

impl SqliteJournal {
    /// Opens the journal at a path, or makes one. Its directory must exist.
    /// While something is being written, SQLite keeps another file beside it,
    /// named like it with `-journal` at the end.
    ///
    /// This reads and writes a few pages, and may wait for another process
    /// that has the file open.
    ///
    /// # Errors
    ///
    /// When the path is empty, `:memory:` or a `file:` URI, when the file can't
    /// be read, written or restricted to its owner, or is something else than a
    /// journal of this version.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, OpenError> {
        Self::open_with(path.as_ref(), Clock::system())
    }

    /// Opens the journal at a path, and makes none.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open), and when there is no file.
    pub fn open_existing(path: impl AsRef<Path>) -> Result<Self, OpenError> {
        let connection = open_existing(path.as_ref())?;
        let writer = Writer::start(connection, Clock::system()).map_err(OpenError::new)?;
        Ok(Self { writer })
    }

    /// Opens a journal for a test in virtual time: what is asked of it is done
    /// at once, on the caller's thread, and its clock starts at a time of the
    /// caller's and goes on with tokio's. Nothing is synced.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open).
    #[cfg(any(test, feature = "test-util"))]
    #[cfg_attr(docsrs, doc(cfg(feature = "test-util")))]
    pub fn open_in_virtual_time(
        path: impl AsRef<Path>,
        start: SystemTime,
    ) -> Result<Self, OpenError> {
        let connection = open(path.as_ref())?;
        for (name, fast) in [("synchronous", "OFF"), ("journal_mode", "MEMORY")] {
            let set = connection.pragma_update(None, name, fast);
            set.map_err(OpenError::new)?;
        }
        let writer = Writer::inline(connection, Clock::tokio(start));
        Ok(Self { writer })
    }

    pub(crate) fn open_with(path: &Path, clock: Clock) -> Result<Self, OpenError> {
        let connection = open(path)?;
        let writer = Writer::start(connection, clock).map_err(OpenError::new)?;
        Ok(Self { writer })
    }

    /// What the journal has of an id, if anything. Nothing is claimed by it.
    ///
    /// # Errors
    ///
    /// When the file can't be read.
    pub async fn entry(&self, id: &ExternalId) -> Result<Option<Entry>, JournalError> {
        let id = id.clone();
        self.writer.ask(move |book| book.entry(&id)).await
    }

    /// When the first of these ids was claimed, if any was.
    ///
    /// # Errors
    ///
    /// When the file can't be read.
    pub async fn first_claimed(
        &self,
        ids: Vec<ExternalId>,
    ) -> Result<Option<SystemTime>, JournalError> {
        let since = self.writer.ask(move |book| book.first_claimed(&ids));
        Ok(since.await?.map(system_time))
    }

    /// Writes down that the service's list was seen to have one ticket of each
    /// id, so that the next audit needn't look at them. Ids without a ticket
    /// stay as they are.
    ///
    /// # Errors
    ///
    /// When the file can't be written.
    pub async fn mark_audited(&self, ids: Vec<ExternalId>) -> Result<(), JournalError> {
        self.writer.ask(move |book| book.mark_audited(&ids)).await
    }

    /// Whether the journal has no ids at all. What was sent before it was made
    /// it can't know.
    ///
    /// # Errors
    ///
    /// When the file can't be read.
    pub async fn is_new(&self) -> Result<bool, JournalError> {
        self.writer.ask(|book| book.is_new()).await
    }

    /// How many ids the journal has. It counts all of them.
    ///
    /// # Errors
    ///
    /// When the file can't be read.
    pub async fn counts(&self) -> Result<Counts, JournalError> {
        self.writer.ask(|book| book.counts()).await
    }

    /// At most so many ids after the one given, or from the first one on, in
    /// the order of their bytes, with what the journal has of each.
    ///
    /// # Errors
    ///
    /// When the file can't be read.
    pub async fn entries_after(
        &self,
        after: Option<ExternalId>,
        limit: usize,
    ) -> Result<Vec<(ExternalId, Entry)>, JournalError> {
        let job = move |book: &Book<'_>| book.entries_after(after.as_ref(), limit);
        self.writer.ask(job).await
    }

    /// Removes ids, as if they had never been used, and returns those that
    /// were removed. One that somebody holds stays.
    ///
    /// Whoever calls this has to know that the ids have no tickets: an id that
    /// is forgotten is sent again.
    ///
    /// # Errors
    ///
    /// When the file can't be written.
    pub async fn forget(&self, ids: Vec<ExternalId>) -> Result<Vec<ExternalId>, JournalError> {
        self.writer.ask(move |book| book.forget(&ids)).await
    }

    /// How far in the future, by this machine's clock, the latest lease of the
    /// journal began, if any did: the clock was set back, or was ahead when
    /// the lease was taken. Such a lease counts as over once it was watched for
    /// its length.
    ///
    /// # Errors
    ///
    /// When the file can't be read.
    pub async fn clock_fault(&self) -> Result<Option<Duration>, JournalError> {
        let ahead = self.writer.ask(|book| book.clock_fault()).await?;
        Ok(ahead.map(duration))
    }

    /// The ids that have an intent and no outcome, the first claimed first.
    ///
    /// After a crash these are the ones to take up again: call
    /// [`create_once`](gorgias::Tickets::create_once) with the same id and
    /// ticket.
    ///
    /// # Errors
    ///
    /// When the file can't be read.
    pub async fn unsettled(&self) -> Result<Vec<Unsettled>, JournalError> {
        self.writer.ask(|book| book.unsettled()).await
    }

    /// Writes down that the ticket of an id exists, for who found it by other
    /// means. An id that the journal doesn't know stays so.
    ///
    /// # Errors
    ///
    /// When the file can't be written.
    pub async fn settled(&self, id: &ExternalId, ticket_id: i64) -> Result<(), JournalError> {
        let id = id.clone();
        let job = move |book: &Book<'_>| book.done(&id, ticket_id);
        self.writer.ask(job).await
    }

    /// The address that a file was given when it was uploaded, by a digest of
    /// the caller's.
    ///
    /// # Errors
    ///
    /// When the file can't be read.
    pub async fn file_address(&self, digest: [u8; 32]) -> Result<Option<String>, JournalError> {
        self.writer
            .ask(move |book| book.file_address(&digest))
            .await
    }

    /// Remembers the address that a file was given when it was uploaded. The
    /// first one that is remembered stays.
    ///
    /// # Errors
    ///
    /// When the file can't be written.
    pub async fn keep_file_address(
        &self,
        digest: [u8; 32],
        address: String,
    ) -> Result<(), JournalError> {
        let job = move |book: &Book<'_>| book.keep_file_address(&digest, &address);
        self.writer.ask(job).await
    }

    /// Writes down that the tickets of these ids exist, for who found them in
    /// the service's list: each id with the digest of the body it is used for
    /// from now on, and the ticket's id. What the journal has of an id other
    /// than that stays.
    ///
    /// # Errors
    ///
    /// When the file can't be written.
    pub async fn adopt(
        &self,
        tickets: Vec<(ExternalId, BodyHash, i64)>,
    ) -> Result<(), JournalError> {
        let job = move |book: &Book<'_>| {
            tickets
                .iter()
                .try_for_each(|(id, body, ticket_id)| book.adopt(id, *body, *ticket_id))
        };
        self.writer.ask(job).await
    }
}

impl Journal for SqliteJournal {
    fn bind<'a>(&'a self, helpdesk: &'a str) -> JournalFuture<'a, ()> {
        let name = helpdesk.to_owned();
        Box::pin(async move {
            let bound = self.writer.ask(move |book| book.bind(&name)).await?;
            if bound == helpdesk {
                Ok(())
            } else {
                Err(JournalError::of_another(&bound))
            }
        })
    }

    fn claim<'a>(
        &'a self,
        id: &'a ExternalId,
        body: BodyHash,
        lease: Duration,
        expired: Option<Hold>,
    ) -> JournalFuture<'a, Claim> {
        let id = id.clone();
        let job = move |book: &Book<'_>| book.claim(&id, body, lease, expired);
        Box::pin(self.writer.ask(job))
    }

    fn body<'a>(&'a self, id: &'a ExternalId) -> JournalFuture<'a, Option<BodyHash>> {
        Box::pin(async move { Ok(self.entry(id).await?.map(|entry| entry.body)) })
    }

    fn renew<'a>(
        &'a self,
        id: &'a ExternalId,
        claim: ClaimId,
        stage: Stage,
        lease: Duration,
    ) -> JournalFuture<'a, bool> {
        let id = id.clone();
        Box::pin(
            self.writer
                .ask(move |book| book.renew(&id, claim, stage, lease)),
        )
    }

    fn record<'a>(
        &'a self,
        id: &'a ExternalId,
        claim: ClaimId,
        outcome: Outcome,
    ) -> JournalFuture<'a, ()> {
        let id = id.clone();
        Box::pin(
            self.writer
                .ask(move |book| book.record(&id, claim, outcome)),
        )
    }

    fn abandon(&self, id: &ExternalId, claim: ClaimId, may_be_out: bool) {
        self.writer.tell(Abandon {
            id: id.clone(),
            claim,
            may_be_out,
        });
    }

    fn is_durable(&self) -> bool {
        true
    }
}

struct Abandon {
    id: ExternalId,
    claim: ClaimId,
    may_be_out: bool,
}

impl Job for Abandon {
    fn run(&mut self, book: &Book<'_>) -> rusqlite::Result<()> {
        if self.may_be_out {
            book.release(&self.id, self.claim).map(drop)
        } else {
            book.record(&self.id, self.claim, Outcome::NotApplied)
        }
    }

    /// Nobody waits for it. When it fails, the lease ends by itself.
    fn finish(self: Box<Self>, _: Result<(), JournalError>) {}
}

/// All of it may be used from any thread.
const _: () = {
    const fn crosses_threads<T: Send + Sync + 'static>() {}
    crosses_threads::<SqliteJournal>();
    crosses_threads::<Counts>();
    crosses_threads::<Entry>();
    crosses_threads::<Unsettled>();
    crosses_threads::<OpenError>();
};

#[cfg(test)]
mod clock_tests;
#[cfg(test)]
mod tests;
