//! The tables of a journal, and their creation.

use std::time::Duration;

use rusqlite::{Connection, TransactionBehavior};

/// The longest wait for another process that writes. A transaction syncs
/// the disk a few times, each time for some milliseconds on most disks.
pub(crate) const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

/// The application id that marks a SQLite file as a journal: `GoJo`.
const APPLICATION_ID: i32 = 0x476f_4a6f;

/// The version of the tables. A file of another version is refused.
const VERSION: i32 = 2;

/// The tables of a journal. The columns of `entries`:
///
/// - `body`: the digest of the body that the id is used for
/// - `ticket_id`, `settled`: the id of the ticket, or of the message of a reply, and when it
///   was recorded; null until then
/// - `claim`, `renewals`: the number of the last claim, and how often it was renewed
/// - `held_until`, `lease`: the end and the length of its lease
/// - `known`: what is known of the attempts so far; `row` maps the numbers to states
/// - `last_attempt`, `may_run`: when the last attempt began, and how long it may take,
///   or 0 once it has ended
/// - `since`: when the id was added
/// - `audited`: whether an audit has seen the ticket in the list
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

/// The table of the addresses of uploaded files, by digests that the caller
/// computes. An older journal gets the table when it is opened. An older version of
/// this library ignores it.
const FILES: &str = "
    CREATE TABLE IF NOT EXISTS files (
        digest BLOB PRIMARY KEY,
        address TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
";

/// The contents of a file that can be opened as a journal.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Contents {
    Journal,
    Nothing,
}

/// Returns the contents of a file, or the reason why the file can't be opened as a
/// journal. Changes nothing.
pub(crate) fn contents(
    connection: &Connection,
) -> rusqlite::Result<Result<Contents, &'static str>> {
    let read = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
    Ok(match (read("application_id")?, read("user_version")?) {
        (APPLICATION_ID, VERSION) => Ok(Contents::Journal),
        (APPLICATION_ID, _) => Err("the journal is of another version of this library"),
        (0, 0) if is_empty(connection)? => Ok(Contents::Nothing),
        _ => Err("the file is a database of something else"),
    })
}

/// Sets up a connection, and creates the tables if the file is empty. The inner error is
/// the reason why the file can't be opened as a journal.
pub(crate) fn prepare(connection: &mut Connection) -> rusqlite::Result<Result<(), &'static str>> {
    // A write-ahead log would hold the last commits in a second file. A user who
    // moves the journal after a crash would leave that file behind. A rollback
    // journal holds no commits, and is deleted after each commit.
    connection.pragma_update(None, "journal_mode", "DELETE")?;
    // With a weaker setting, a power failure could bring the rollback journal
    // back and undo a commit.
    connection.pragma_update(None, "synchronous", "EXTRA")?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let contents = self::contents(&transaction)?;
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
