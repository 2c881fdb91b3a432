//! Keeps the external ids of the input in a temporary file, so that memory doesn't grow with
//! the input.
//!
//! Nothing is synced to disk, because every run fills a new file from the input and the
//! journal, and deletes it at the end.

mod audit;

use gorgias::ExternalId;
use gorgias::journal::BodyHash;
use rusqlite::{Connection, OptionalExtension, Params, Row, params};

pub(crate) use self::audit::Listed;

/// The most rows that are read at a time.
const CHUNK: u32 = 500;

const TABLES: &str = "
    PRAGMA journal_mode = OFF;
    PRAGMA synchronous = OFF;
    PRAGMA cache_size = -4096;
    CREATE TABLE keys (
        external_id TEXT PRIMARY KEY,
        line INTEGER NOT NULL,
        body BLOB NOT NULL,
        in_doubt INTEGER NOT NULL,
        ticket_id INTEGER,
        audit INTEGER NOT NULL,
        seen INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE others (
        external_id TEXT,
        ticket_id INTEGER,
        PRIMARY KEY (external_id, ticket_id)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE listed (
        external_id TEXT,
        ticket_id INTEGER,
        PRIMARY KEY (external_id, ticket_id)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE lines_in_doubt (
        line INTEGER PRIMARY KEY,
        external_id TEXT NOT NULL
    ) STRICT;
    BEGIN;
";

/// The external ids of the input, with the state of each.
#[derive(Debug)]
pub(crate) struct SeenIds {
    connection: Connection,
    met_in_audit: u64,
}

/// An id of the input, with its state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SeenId {
    /// The first line that has the id.
    pub(crate) line: u64,
    pub(crate) body: BodyHash,
    pub(crate) state: IdState,
}

/// Whether an id is settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum IdState {
    /// The first line with the id has no outcome yet.
    UnderWay,
    /// The ticket exists.
    Settled { ticket_id: i64 },
    /// The ticket may exist, and the line is reported at the end.
    InDoubt,
}

/// A line that is in doubt until the end of the run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LineInDoubt {
    pub(crate) line: u64,
    pub(crate) id: ExternalId,
    /// The first line that has the id.
    pub(crate) first: u64,
    /// The ticket, if the audit found it.
    pub(crate) ticket_id: Option<i64>,
}

type Result<T> = rusqlite::Result<T>;

impl SeenIds {
    /// Creates an empty store in an unnamed temporary file.
    pub(crate) fn new() -> Result<Self> {
        let connection = Connection::open("")?;
        // The store must not be in memory.
        connection.execute_batch("PRAGMA temp_store = FILE;")?;
        connection.execute_batch(TABLES)?;
        Ok(Self {
            connection,
            met_in_audit: 0,
        })
    }

    /// Runs a statement that changes the store.
    fn write(&self, statement: &str, values: impl Params) -> Result<()> {
        self.connection.prepare_cached(statement)?.execute(values)?;
        Ok(())
    }

    /// Returns an id with its state, if an earlier line has it.
    pub(crate) fn get(&self, id: &ExternalId) -> Result<Option<SeenId>> {
        let query = "SELECT line, body, in_doubt, ticket_id FROM keys WHERE external_id = ?1";
        let mut statement = self.connection.prepare_cached(query)?;
        statement.query_row([id.as_str()], SeenId::read).optional()
    }

    /// Adds an id that no earlier line has.
    pub(crate) fn insert(&mut self, id: &ExternalId, line: u64, body: BodyHash) -> Result<()> {
        let insert = "INSERT INTO keys VALUES (?1, ?2, ?3, 0, NULL, 0, 0)";
        self.write(insert, params![id.as_str(), line, body.as_bytes()])
    }

    /// Notes that the ticket of an id exists. `audit` says whether the audit has to look for
    /// it.
    pub(crate) fn mark_settled(
        &mut self,
        id: &ExternalId,
        ticket_id: i64,
        audit: bool,
    ) -> Result<()> {
        let update = "UPDATE keys SET ticket_id = ?2, audit = ?3 WHERE external_id = ?1";
        self.write(update, params![id.as_str(), ticket_id, audit])
    }

    /// Notes that the ticket of an id may exist, so that the audit looks for it, and that
    /// this line is in doubt.
    pub(crate) fn mark_in_doubt(&mut self, id: &ExternalId, line: u64) -> Result<()> {
        let update = "UPDATE keys SET in_doubt = 1, audit = 1 WHERE external_id = ?1";
        self.write(update, [id.as_str()])?;
        let insert = "INSERT INTO lines_in_doubt VALUES (?1, ?2)";
        self.write(insert, params![line, id.as_str()])
    }

    /// Removes an id, because its line has no ticket.
    pub(crate) fn remove(&mut self, id: &ExternalId) -> Result<()> {
        let delete = "DELETE FROM keys WHERE external_id = ?1";
        self.write(delete, [id.as_str()])
    }

    /// Returns the next lines in doubt after the line `last`, and sets `last` to the last of
    /// them. `None` at the end.
    pub(crate) fn in_doubt_after(&self, last: &mut u64) -> Result<Option<Vec<LineInDoubt>>> {
        let query = "SELECT doubt.line, doubt.external_id, keys.line, keys.ticket_id
                     FROM lines_in_doubt AS doubt JOIN keys USING (external_id)
                     WHERE doubt.line > ?1 ORDER BY doubt.line LIMIT ?2";
        let mut statement = self.connection.prepare_cached(query)?;
        let after = *last;
        let rows = statement.query_map(params![after, CHUNK], |row| {
            *last = row.get(0)?;
            Ok(LineInDoubt {
                line: *last,
                id: id_at(row, 1)?,
                first: row.get(2)?,
                ticket_id: row.get(3)?,
            })
        })?;
        let lines: Vec<_> = rows.collect::<Result<_>>()?;
        Ok((!lines.is_empty()).then_some(lines))
    }

    /// Adds a ticket that the service's list has, by its external id.
    pub(crate) fn add_listed(&mut self, external_id: &str, ticket_id: i64) -> Result<()> {
        let insert = "INSERT OR IGNORE INTO listed VALUES (?1, ?2)";
        self.write(insert, params![external_id, ticket_id])
    }

    /// Returns the ids of the tickets in the list that have an external id, the lowest first.
    pub(crate) fn listed(&self, id: &ExternalId) -> Result<Vec<i64>> {
        let query = "SELECT ticket_id FROM listed WHERE external_id = ?1 ORDER BY ticket_id";
        let mut statement = self.connection.prepare_cached(query)?;
        let rows = statement.query_map([id.as_str()], |row| row.get(0))?;
        rows.collect()
    }
}

impl SeenId {
    fn read(row: &Row<'_>) -> Result<Self> {
        let ticket_id: Option<i64> = row.get(3)?;
        let state = match (row.get(2)?, ticket_id) {
            (_, Some(ticket_id)) => IdState::Settled { ticket_id },
            (true, None) => IdState::InDoubt,
            (false, None) => IdState::UnderWay,
        };
        Ok(Self {
            line: row.get(0)?,
            body: BodyHash::from_bytes(row.get(1)?),
            state,
        })
    }
}

/// Reads an id from a column.
fn id_at(row: &Row<'_>, column: usize) -> Result<ExternalId> {
    let text: String = row.get(column)?;
    ExternalId::new(text).map_err(|error| {
        let kind = rusqlite::types::Type::Text;
        rusqlite::Error::FromSqlConversionFailure(column, kind, Box::new(error))
    })
}

#[cfg(test)]
mod tests;
