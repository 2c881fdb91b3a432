//! The tables of a journal, and making them.

use std::time::{Duration, Instant};

use rusqlite::{Connection, ErrorCode, TransactionBehavior};

/// How long another process is waited for. What it does takes one sync.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);

/// The time between two attempts where SQLite doesn't wait by itself.
const PAUSE: Duration = Duration::from_millis(5);

/// Marks a SQLite file as one of ours: `GoJo`.
const APPLICATION_ID: i32 = 0x476f_4a6f;

/// The version of the tables.
const VERSION: i32 = 1;

/// An entry has either a ticket id, or a claim with its times: until when it
/// is held, and until when something may have been sent.
const TABLES: &str = "
    CREATE TABLE entries (
        external_id TEXT PRIMARY KEY,
        body BLOB NOT NULL,
        ticket_id INTEGER,
        claim INTEGER NOT NULL,
        held_until INTEGER NOT NULL,
        last_send INTEGER NOT NULL,
        in_doubt INTEGER NOT NULL,
        since INTEGER NOT NULL,
        audited INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX unsettled ON entries (last_send) WHERE ticket_id IS NULL;
    CREATE TABLE helpdesk (name TEXT NOT NULL) STRICT;
    CREATE TABLE claims (next INTEGER NOT NULL) STRICT;
    INSERT INTO claims VALUES (1);
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
    keep_log(connection)?;
    // In WAL mode anything less would lose the latest commits with the power.
    connection.pragma_update(None, "synchronous", "FULL")?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let contents = look(&transaction)?;
    if let Ok(Contents::Nothing) = contents {
        transaction.execute_batch(TABLES)?;
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.pragma_update(None, "user_version", VERSION)?;
    }
    transaction.commit()?;
    Ok(contents.map(drop))
}

/// Has commits written to a log. SQLite waits for nobody here: when several
/// processes make a journal together, all but one are told that it is busy.
fn keep_log(connection: &Connection) -> rusqlite::Result<()> {
    let started = Instant::now();
    loop {
        match connection.pragma_update(None, "journal_mode", "WAL") {
            Err(error)
                if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy)
                    && started.elapsed() < PATIENCE =>
            {
                std::thread::sleep(PAUSE);
            }
            done => return done,
        }
    }
}

fn is_empty(connection: &Connection) -> rusqlite::Result<bool> {
    connection.query_row("SELECT count(*) = 0 FROM sqlite_schema", [], |row| {
        row.get(0)
    })
}
