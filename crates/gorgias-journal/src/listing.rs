//! Lists, counts and removes entries.

use gorgias::ExternalId;
use rusqlite::{Params, params};

use crate::clock::Millis;
use crate::entry::{Counts, JournalEntry};
use crate::queries::Queries;
use crate::row::Row;

/// A lease that begins more than this far in the future shows that a clock is wrong.
/// Processes that share a file may be on machines whose clocks differ a little.
const CLOCK_SLACK: Millis = 5_000;

impl Queries<'_> {
    pub(crate) fn counts(&self) -> rusqlite::Result<Counts> {
        let query = "SELECT count(ticket_id), count(*) FROM entries";
        let counted = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
        let (done, all): (u64, u64) = self.connection.query_row(query, [], counted)?;
        Ok(Counts {
            done,
            unsettled: all.saturating_sub(done),
        })
    }

    pub(crate) fn is_new(&self) -> rusqlite::Result<bool> {
        let query = "SELECT NOT EXISTS (SELECT 1 FROM entries)";
        self.connection.query_row(query, [], |row| row.get(0))
    }

    pub(crate) fn unsettled(&self) -> rusqlite::Result<Vec<(ExternalId, JournalEntry)>> {
        self.entries("WHERE ticket_id IS NULL ORDER BY since", [])
    }

    /// Returns at most `limit` entries after an id, in the order of their ids.
    pub(crate) fn entries_after(
        &self,
        after: Option<&ExternalId>,
        limit: usize,
    ) -> rusqlite::Result<Vec<(ExternalId, JournalEntry)>> {
        let after = after.map_or("", ExternalId::as_str);
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rest = "WHERE external_id > ?1 ORDER BY external_id LIMIT ?2";
        self.entries(rest, params![after, limit])
    }

    /// Returns the entries that a query finds, with their ids. `rest` is the part of the
    /// query after the name of the table.
    fn entries(
        &self,
        rest: &str,
        values: impl Params,
    ) -> rusqlite::Result<Vec<(ExternalId, JournalEntry)>> {
        let query = format!("SELECT {}, external_id FROM entries {rest}", Row::COLUMNS);
        let mut statement = self.connection.prepare_cached(&query)?;
        let rows = statement.query_map(values, |row| {
            let id: String = row.get(Row::WIDTH)?;
            // Only valid ids are written, so no entry is left out here.
            let id = ExternalId::new(id).ok();
            Ok(id.zip(Some(Row::read(row)?.entry(self.now))))
        })?;
        rows.filter_map(Result::transpose).collect()
    }

    /// Removes the entries of these ids, except those that a claim holds.
    /// Returns the removed ids.
    pub(crate) fn forget(&self, ids: &[ExternalId]) -> rusqlite::Result<Vec<ExternalId>> {
        let delete = "DELETE FROM entries WHERE external_id = ?1
                      AND (ticket_id IS NOT NULL OR held_until <= ?2)";
        let mut statement = self.connection.prepare_cached(delete)?;
        let mut removed = Vec::new();
        for id in ids {
            if statement.execute(params![id.as_str(), self.now])? > 0 {
                removed.push(id.clone());
            }
        }
        Ok(removed)
    }

    /// Returns how far in the future the latest lease began, if that shows that a clock
    /// is wrong.
    pub(crate) fn clock_fault(&self) -> rusqlite::Result<Option<Millis>> {
        let query = "SELECT max(held_until - lease) FROM entries WHERE ticket_id IS NULL";
        let taken: Option<Millis> = self.connection.query_row(query, [], |row| row.get(0))?;
        let ahead = taken.map(|taken| taken.saturating_sub(self.now));
        Ok(ahead.filter(|ahead| *ahead > CLOCK_SLACK))
    }
}
