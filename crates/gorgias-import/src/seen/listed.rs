//! Keeps the tickets of the service's list, by external id.

use gorgias::ExternalId;
use rusqlite::params;

use super::{Result, SeenIds};

impl SeenIds {
    /// Notes a ticket of the list.
    pub(crate) fn list(&mut self, external_id: &str, ticket_id: i64) -> Result<()> {
        let insert = "INSERT OR IGNORE INTO listed VALUES (?1, ?2)";
        self.write(insert, params![external_id, ticket_id])
            .map(drop)
    }

    /// Returns the tickets of an id in the list, the lowest first.
    pub(crate) fn listed(&self, id: &ExternalId) -> Result<Vec<i64>> {
        let query = "SELECT ticket_id FROM listed WHERE external_id = ?1 ORDER BY ticket_id";
        let mut statement = self.connection.prepare_cached(query)?;
        let rows = statement.query_map([id.as_str()], |row| row.get(0))?;
        rows.collect()
    }
}
