//! Stores the addresses of uploaded files.

use rusqlite::{OptionalExtension, params};

use crate::tables::Tables;

impl Tables<'_> {
    pub(crate) fn file_address(&self, digest: &[u8; 32]) -> rusqlite::Result<Option<String>> {
        let query = "SELECT address FROM files WHERE digest = ?1";
        let mut statement = self.connection.prepare_cached(query)?;
        statement
            .query_row([digest.as_slice()], |row| row.get(0))
            .optional()
    }

    pub(crate) fn keep_file_address(
        &self,
        digest: &[u8; 32],
        address: &str,
    ) -> rusqlite::Result<()> {
        let insert = "INSERT INTO files (digest, address) VALUES (?1, ?2)
                      ON CONFLICT (digest) DO NOTHING";
        self.write(insert, params![digest.as_slice(), address])
            .map(drop)
    }
}
