//! Compares the service's list with the ids that the audit looks for.

use gorgias::ExternalId;
use rusqlite::{OptionalExtension, Row, params};

use super::{CHUNK, Result, SeenIds, id_at};

/// How a ticket of the list relates to the import.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Listed {
    /// The audit doesn't look for the ticket's external id.
    Foreign,
    /// The ticket is the expected one of its external id, or a duplicate of it.
    Known,
    /// The external id was in doubt, and the ticket is its ticket.
    Found,
}

/// The last id of the rows that were read. `None` before the first row.
pub(crate) type LastId = Option<ExternalId>;

/// The next rows of a query. `None` at the end.
type Chunk<T> = Result<Option<Vec<T>>>;

impl SeenIds {
    /// Returns the number of ids that the audit looks for.
    pub(crate) fn to_audit(&self) -> Result<u64> {
        let query = "SELECT count(*) FROM keys WHERE audit = 1";
        self.connection.query_row(query, [], |row| row.get(0))
    }

    /// Returns the number of ids that the audit looks for and whose ticket was found.
    pub(crate) fn met_in_audit(&self) -> u64 {
        self.met_in_audit
    }

    /// Compares a ticket of the service's list with the ids that the audit looks for, and
    /// marks its id as seen.
    pub(crate) fn audit(&mut self, external_id: &str, ticket_id: i64) -> Result<Listed> {
        let query = "SELECT ticket_id FROM keys WHERE external_id = ?1 AND audit = 1";
        let mut statement = self.connection.prepare_cached(query)?;
        let known: Option<Option<i64>> = statement
            .query_row([external_id], |row| row.get(0))
            .optional()?;
        drop(statement);
        match known {
            None => Ok(Listed::Foreign),
            Some(Some(known)) if known != ticket_id => {
                self.add_duplicate(external_id, ticket_id)?;
                Ok(Listed::Known)
            }
            Some(known) => {
                let update = "UPDATE keys SET seen = 1, ticket_id = ?2
                              WHERE external_id = ?1 AND seen = 0";
                let mut statement = self.connection.prepare_cached(update)?;
                let changed = statement.execute(params![external_id, ticket_id])?;
                let changed = u64::try_from(changed).unwrap_or_default();
                self.met_in_audit = self.met_in_audit.saturating_add(changed);
                Ok(match known {
                    Some(_) => Listed::Known,
                    None => Listed::Found,
                })
            }
        }
    }

    /// Adds another ticket of an id.
    pub(crate) fn add_duplicate(&mut self, external_id: &str, ticket_id: i64) -> Result<()> {
        let insert = "INSERT OR IGNORE INTO others VALUES (?1, ?2)";
        self.write(insert, params![external_id, ticket_id])
    }

    /// Returns the next ids after `last` whose ticket neither the list nor a look-up showed,
    /// each with the expected ticket. An id in doubt has no expected ticket.
    pub(crate) fn unseen_after(&self, last: &mut LastId) -> Chunk<(ExternalId, Option<i64>)> {
        let query = "SELECT external_id, ticket_id FROM keys
                     WHERE audit = 1 AND seen = 0 AND external_id > ?1
                     ORDER BY external_id LIMIT ?2";
        self.chunk(query, last, |id, row| Ok((id, row.get(1)?)))
    }

    /// Returns the next ids after `last` that have one ticket, the expected one.
    pub(crate) fn confirmed_after(&self, last: &mut LastId) -> Chunk<ExternalId> {
        let query = "SELECT external_id FROM keys
                     WHERE audit = 1 AND seen = 1 AND external_id > ?1
                         AND external_id NOT IN (SELECT external_id FROM others)
                     ORDER BY external_id LIMIT ?2";
        self.chunk(query, last, |id, _| Ok(id))
    }

    /// Returns the next ids after `last` that have several tickets, each with the expected
    /// ticket and the others.
    pub(crate) fn duplicated_after(&self, last: &mut LastId) -> Chunk<(ExternalId, i64, Vec<i64>)> {
        let query = "SELECT external_id, keys.ticket_id, group_concat(others.ticket_id)
                     FROM others JOIN keys USING (external_id)
                     WHERE keys.ticket_id IS NOT NULL AND external_id > ?1
                     GROUP BY external_id ORDER BY external_id LIMIT ?2";
        self.chunk(query, last, |id, row| {
            let others: String = row.get(2)?;
            let others = others.split(',').filter_map(|id| id.parse().ok());
            Ok((id, row.get(1)?, others.collect()))
        })
    }

    /// Reads the next rows of a query, and sets `last` to their last id.
    fn chunk<T>(
        &self,
        query: &str,
        last: &mut LastId,
        read: impl Fn(ExternalId, &Row<'_>) -> Result<T>,
    ) -> Chunk<T> {
        let mut statement = self.connection.prepare_cached(query)?;
        let after = last.take();
        let after = after.as_ref().map(ExternalId::as_str).unwrap_or_default();
        let rows = statement.query_map(params![after, CHUNK], |row| {
            let id = id_at(row, 0)?;
            *last = Some(id.clone());
            read(id, row)
        })?;
        let rows: Vec<_> = rows.collect::<Result<_>>()?;
        Ok((!rows.is_empty()).then_some(rows))
    }
}
