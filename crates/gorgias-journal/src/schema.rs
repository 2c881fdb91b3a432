//! The tables of a journal, and making them.

use std::time::Duration;

use rusqlite::{Connection, TransactionBehavior};

/// How long another process is waited for. What it does takes one sync.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);

/// Marks a SQLite file as one of ours: `GoJo`.
const APPLICATION_ID: i32 = 0x476f_4a6f;

/// The version of the tables.
const VERSION: i32 = 2;

/// An entry has either a ticket id and the time it was settled, or a claim: how
/// often it was renewed, until when it is held and for how long it was taken, what is known of the
/// attempts so far, when the last one began, and how long it may take at most
/// if nobody has said that it ended.
const TABLES: &str = "
    CREATE TABLE entries (
        external_id TEXT PRIMARY KEY,
        body BLOB NOT NULL,
        ticket_id INTEGER,
        settled INTEGER,
        claim INTEGER NOT NULL,
        renewals INTEGER NOT NULL,
        held_until INTEGER NOT NULL,
        lease INTEGER NOT NULL,
        known INTEGER NOT NULL,
        last_attempt INTEGER,
        may_run INTEGER NOT NULL,
        since INTEGER NOT NULL,
        audited INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX unsettled ON entries (since) WHERE ticket_id IS NULL;
    CREATE TABLE helpdesk (name TEXT NOT NULL) STRICT;
    CREATE TABLE claims (next INTEGER NOT NULL) STRICT;
    INSERT INTO claims VALUES (1);
";

/// The addresses of files that were uploaded, by digests of the caller's. A
/// journal of before has no such table; a library of before leaves it alone.
const FILES: &str = "
    CREATE TABLE IF NOT EXISTS files (
        digest BLOB PRIMARY KEY,
        address TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
";

/// What a file may be for there to be a journal in it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Contents {
    Journal,
    Nothing,
}

/// Says what is in the file, or what it is instead. Nothing is changed by it.
pub(crate) fn look(connection: &Connection) -> rusqlite::Result<Result<Contents, &'static str>> {
    let read = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
    Ok(match (read("application_id")?, read("user_version")?) {
        (APPLICATION_ID, VERSION) => Ok(Contents::Journal),
        (APPLICATION_ID, _) => Err("the journal is of another version of this library"),
        (0, 0) if is_empty(connection)? => Ok(Contents::Nothing),
        _ => Err("the file is a database of something else"),
    })
}

/// Sets up a connection, and the tables if the file is new.
///
/// Says what the file is instead, when it isn't a journal.
pub(crate) fn prepare(connection: &mut Connection) -> rusqlite::Result<Result<(), &'static str>> {
    // A log beside the file would hold what was recorded last, and be left
    // behind when the file is moved after a crash. The rollback journal holds
    // nothing that was recorded, and is gone after each commit.
    connection.pragma_update(None, "journal_mode", "DELETE")?;
    // With less, a power failure could bring the rollback journal back, and
    // take away what was recorded.
    connection.pragma_update(None, "synchronous", "EXTRA")?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let contents = look(&transaction)?;
    if let Ok(Contents::Nothing) = contents {
        transaction.execute_batch(TABLES)?;
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.pragma_update(None, "user_version", VERSION)?;
    }
    if contents.is_ok() {
        transaction.execute_batch(FILES)?;
    }
    transaction.commit()?;
    Ok(contents.map(drop))
}

fn is_empty(connection: &Connection) -> rusqlite::Result<bool> {
    connection.query_row("SELECT count(*) = 0 FROM sqlite_schema", [], |row| {
        row.get(0)
    })
}
