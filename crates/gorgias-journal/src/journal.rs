//! The journal in a SQLite file. Each method sends a closure to the thread of `writer`, which
//! calls it with `queries`. The methods that `create_once` calls are in [`interface`].

mod interface;

use std::path::Path;
use std::time::{Duration, SystemTime};

use gorgias::ExternalId;
use gorgias::journal::{BodyHash, JournalError};
use rusqlite::Connection;

use crate::clock::{Clock, duration, system_time};
use crate::entry::{Counts, JournalEntry};
use crate::file::{Cause, OpenError, open, open_existing};
use crate::queries::Queries;
use crate::writer::Writer;

/// A [`Journal`](gorgias::journal::Journal) in a SQLite file. See the crate's documentation.
///
/// It has a thread of its own. Dropping the journal waits until every change is written, and
/// ends the thread.
#[derive(Debug)]
pub struct SqliteJournal {
    writer: Writer,
}

impl SqliteJournal {
    /// Opens the journal at a path, or creates it. Its directory must exist.
    /// During a write SQLite keeps another file beside it, whose name is that of the
    /// journal with `-journal` at the end.
    ///
    /// Opening reads and writes a few pages of the file, and may wait for another process
    /// that has the file open.
    ///
    /// # Errors
    ///
    /// When the path is empty, `:memory:` or a `file:` URI; when the file can't
    /// be read, written or restricted to its owner; and when it isn't a journal
    /// of this version.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, OpenError> {
        Self::start(open(path.as_ref()), Clock::system())
    }

    /// Opens the journal at a path, which must exist.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open), and when there is no file.
    pub fn open_existing(path: impl AsRef<Path>) -> Result<Self, OpenError> {
        Self::start(open_existing(path.as_ref()), Clock::system())
    }

    /// Opens a journal for a test in virtual time. Every call runs at once, on the
    /// caller's thread. The clock starts at `start` and advances with tokio's. Nothing
    /// is synced to the disk.
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
        let connection = open(path.as_ref()).map_err(OpenError)?;
        for (name, fast) in [("synchronous", "OFF"), ("journal_mode", "MEMORY")] {
            let set = connection.pragma_update(None, name, fast);
            set.map_err(|error| OpenError(error.into()))?;
        }
        let writer = Writer::inline(connection, Clock::tokio(start));
        Ok(Self { writer })
    }

    fn start(opened: Result<Connection, Cause>, clock: Clock) -> Result<Self, OpenError> {
        let started = opened.and_then(|connection| Ok(Writer::start(connection, clock)?));
        let writer = started.map_err(OpenError)?;
        Ok(Self { writer })
    }

    /// Returns the entry of an id, if there is one. Doesn't claim the id.
    ///
    /// # Errors
    ///
    /// When the file can't be read.
    pub async fn entry(&self, id: &ExternalId) -> Result<Option<JournalEntry>, JournalError> {
        let id = id.clone();
        self.writer.ask(move |queries| queries.entry(&id)).await
    }

    /// Returns when the first of these ids was claimed, if any was.
    ///
    /// # Errors
    ///
    /// When the file can't be read.
    pub async fn first_claimed(
        &self,
        ids: Vec<ExternalId>,
    ) -> Result<Option<SystemTime>, JournalError> {
        let since = self.writer.ask(move |queries| queries.first_claimed(&ids));
        Ok(since.await?.map(system_time))
    }

    /// Records that an audit has seen exactly one ticket of each id in the
    /// service's list, so that the next audit can skip them. Ids without a
    /// ticket are left unchanged.
    ///
    /// # Errors
    ///
    /// When the file can't be written.
    pub async fn mark_audited(&self, ids: Vec<ExternalId>) -> Result<(), JournalError> {
        self.writer
            .ask(move |queries| queries.mark_audited(&ids))
            .await
    }

    /// Whether the journal has no ids at all. A new journal can't know of
    /// tickets that were sent before it was created.
    ///
    /// # Errors
    ///
    /// When the file can't be read.
    pub async fn is_new(&self) -> Result<bool, JournalError> {
        self.writer.ask(|queries| queries.is_new()).await
    }

    /// Returns the number of ids in the journal. The more ids there are, the longer the
    /// call takes.
    ///
    /// # Errors
    ///
    /// When the file can't be read.
    pub async fn counts(&self) -> Result<Counts, JournalError> {
        self.writer.ask(|queries| queries.counts()).await
    }

    /// Returns the entries of at most `limit` ids, in the order of the ids' bytes. They
    /// begin with the id after `after`, or with the first id.
    ///
    /// # Errors
    ///
    /// When the file can't be read.
    pub async fn entries_after(
        &self,
        after: Option<ExternalId>,
        limit: usize,
    ) -> Result<Vec<(ExternalId, JournalEntry)>, JournalError> {
        let job = move |queries: &Queries<'_>| queries.entries_after(after.as_ref(), limit);
        self.writer.ask(job).await
    }

    /// Removes ids, as if they had never been used, and returns the removed
    /// ones. An id that a claim holds isn't removed.
    ///
    /// The caller has to know that the ids have no tickets, because the next call with a
    /// removed id sends its ticket again.
    ///
    /// # Errors
    ///
    /// When the file can't be written.
    pub async fn forget(&self, ids: Vec<ExternalId>) -> Result<Vec<ExternalId>, JournalError> {
        self.writer.ask(move |queries| queries.forget(&ids)).await
    }

    /// Returns how far in the future the latest lease of the journal began, by this
    /// machine's clock, or `None` if it didn't begin in the future. A lease that began in
    /// the future shows that the clock was set back, or was ahead when the lease was
    /// taken. Such a lease counts as over once a process has watched it for its whole
    /// length. Five seconds or less don't count, because the clocks of two machines may
    /// differ a little.
    ///
    /// # Errors
    ///
    /// When the file can't be read.
    pub async fn clock_fault(&self) -> Result<Option<Duration>, JournalError> {
        let ahead = self.writer.ask(|queries| queries.clock_fault()).await?;
        Ok(ahead.map(duration))
    }

    /// Returns the entries of the ids that were claimed and have no outcome, in the
    /// order of their first claims.
    ///
    /// After a crash, call [`create_once`](gorgias::Tickets::create_once) for each of
    /// them, with the id and the ticket as before.
    ///
    /// # Errors
    ///
    /// When the file can't be read.
    pub async fn unsettled(&self) -> Result<Vec<(ExternalId, JournalEntry)>, JournalError> {
        self.writer.ask(|queries| queries.unsettled()).await
    }

    /// Records that the ticket of an id exists, for a caller who found the ticket
    /// without [`create_once`](gorgias::Tickets::create_once). Does nothing for an id
    /// that the journal doesn't have.
    ///
    /// # Errors
    ///
    /// When the file can't be written.
    pub async fn settled(&self, id: &ExternalId, ticket_id: i64) -> Result<(), JournalError> {
        let id = id.clone();
        let job = move |queries: &Queries<'_>| queries.done(&id, ticket_id);
        self.writer.ask(job).await
    }

    /// Returns the address of an uploaded file, if the journal has it. `digest` is the
    /// digest that the caller gave to [`keep_file_address`](Self::keep_file_address).
    ///
    /// # Errors
    ///
    /// When the file can't be read.
    pub async fn file_address(&self, digest: [u8; 32]) -> Result<Option<String>, JournalError> {
        self.writer
            .ask(move |queries| queries.file_address(&digest))
            .await
    }

    /// Stores the address of an uploaded file, by a digest that the caller computes. If
    /// an address is stored for the digest already, it isn't replaced.
    ///
    /// # Errors
    ///
    /// When the file can't be written.
    pub async fn keep_file_address(
        &self,
        digest: [u8; 32],
        address: String,
    ) -> Result<(), JournalError> {
        let job = move |queries: &Queries<'_>| queries.keep_file_address(&digest, &address);
        self.writer.ask(job).await
    }

    /// Records that the ticket of an id exists, for a caller who found it in the
    /// service's list. If the journal doesn't have the id, the id is added with the
    /// request body whose digest is `body`. An id that the journal has already keeps its
    /// body and its other fields.
    ///
    /// # Errors
    ///
    /// When the file can't be written.
    pub async fn adopt(
        &self,
        id: &ExternalId,
        body: BodyHash,
        ticket_id: i64,
    ) -> Result<(), JournalError> {
        let id = id.clone();
        let job = move |queries: &Queries<'_>| queries.adopt(&id, body, ticket_id);
        self.writer.ask(job).await
    }
}

#[cfg(test)]
mod tests;
