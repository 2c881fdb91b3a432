//! The queries that read and change single entries. `KeyState` of the crate `gorgias`
//! decides how an entry changes. [`row`](crate::row) reads a row, and
//! [`listing`](crate::listing) has the queries about many entries.

use std::time::Duration;

use gorgias::ExternalId;
use gorgias::journal::{BodyHash, Claim, ClaimId, ClaimOutcome, Hold, KeyState, Stage};
use rusqlite::{Connection, OptionalExtension, Params, params};

use crate::clock::{Millis, duration, millis};
use crate::entry::JournalEntry;
use crate::row::{Row, left_to_known};

/// The queries of a journal, within a transaction that the writer opens.
pub(crate) struct Queries<'a> {
    pub(crate) connection: &'a Connection,
    pub(crate) now: Millis,
}

impl Queries<'_> {
    /// Runs a statement that changes the journal.
    fn write(&self, statement: &str, values: impl Params) -> rusqlite::Result<()> {
        self.connection.prepare_cached(statement)?.execute(values)?;
        Ok(())
    }

    fn row(&self, id: &ExternalId) -> rusqlite::Result<Option<Row>> {
        let query = format!(
            "SELECT {} FROM entries WHERE external_id = ?1",
            Row::COLUMNS
        );
        self.connection
            .prepare_cached(&query)?
            .query_row([id.as_str()], Row::read)
            .optional()
    }

    fn state(&self, id: &ExternalId) -> rusqlite::Result<Option<KeyState>> {
        Ok(self.row(id)?.map(|row| row.state))
    }

    /// Returns the present time as a duration since 1970, the form that [`KeyState`]
    /// needs.
    fn time(&self) -> Duration {
        duration(self.now)
    }

    pub(crate) fn entry(&self, id: &ExternalId) -> rusqlite::Result<Option<JournalEntry>> {
        Ok(self.row(id)?.map(|row| row.entry(self.now)))
    }

    /// Binds the journal to a helpdesk, unless it has ids of another one.
    /// Returns the helpdesk that the journal is bound to afterwards.
    pub(crate) fn bind(&self, helpdesk: &str) -> rusqlite::Result<String> {
        let query = "SELECT name FROM helpdesk";
        let bound = self.connection.query_row(query, [], |row| row.get(0));
        let statement = match bound.optional()? {
            // A journal without ids can be bound to another helpdesk, so that a
            // mistyped address does no harm.
            Some(bound) if bound != helpdesk && self.is_new()? => "UPDATE helpdesk SET name = ?1",
            Some(bound) => return Ok(bound),
            None => "INSERT INTO helpdesk VALUES (?1)",
        };
        self.write(statement, [helpdesk])?;
        Ok(helpdesk.to_owned())
    }

    /// Claims an id for the length of a lease. `expired` is a hold that the caller has
    /// watched for its whole lease. That hold counts as over, whatever the clock says.
    pub(crate) fn claim(
        &self,
        id: &ExternalId,
        body: BodyHash,
        lease: Duration,
        expired: Option<Hold>,
    ) -> rusqlite::Result<Claim> {
        let Some(mut state) = self.state(id)? else {
            let claim = self.next_claim()?;
            self.save(id, &KeyState::new(claim, body, lease, self.time()))?;
            return Ok(Claim::New(claim));
        };
        if let Some(refusal) = state.refusal(body, expired, self.time()) {
            return Ok(refusal);
        }
        let answer = state.claim(self.next_claim()?, body, lease, self.time());
        self.save(id, &state)?;
        Ok(answer)
    }

    /// Extends a claim, and records the stage that its holder begins. Returns false if
    /// another claim has taken the id over, or if the journal doesn't have the id.
    pub(crate) fn renew(
        &self,
        id: &ExternalId,
        claim: ClaimId,
        stage: Stage,
        lease: Duration,
    ) -> rusqlite::Result<bool> {
        self.change(id, |state| state.renew(claim, stage, lease, self.time()))
    }

    /// Gives a claim up without an outcome. The entry stays.
    pub(crate) fn release(&self, id: &ExternalId, claim: ClaimId) -> rusqlite::Result<()> {
        self.change(id, |state| state.release(claim, self.time()))
            .map(drop)
    }

    /// Records the outcome of a claim, and gives the claim up.
    pub(crate) fn record(
        &self,
        id: &ExternalId,
        claim: ClaimId,
        outcome: ClaimOutcome,
    ) -> rusqlite::Result<()> {
        if let ClaimOutcome::Done { resource_id } = outcome {
            return self.done(id, resource_id);
        }
        let Some(mut state) = self.state(id)? else {
            return Ok(());
        };
        if state.record(claim, outcome, self.time()) {
            self.save(id, &state)
        } else {
            let delete = "DELETE FROM entries WHERE external_id = ?1";
            self.write(delete, [id.as_str()])
        }
    }

    /// Calls `change` with the state of an id, and saves the state if `change` returns
    /// true. Returns false if `change` does, or if the journal doesn't have the id.
    fn change(
        &self,
        id: &ExternalId,
        change: impl FnOnce(&mut KeyState) -> bool,
    ) -> rusqlite::Result<bool> {
        let Some(mut state) = self.state(id)? else {
            return Ok(false);
        };
        let changed = change(&mut state);
        if changed {
            self.save(id, &state)?;
        }
        Ok(changed)
    }

    /// Writes the columns that claims change, and in a new entry the time of its first
    /// claim. `done` and `mark_audited` write the other columns.
    fn save(&self, id: &ExternalId, state: &KeyState) -> rusqlite::Result<()> {
        let save = "INSERT INTO entries
                    VALUES (?1, ?2, NULL, NULL, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 0)
                    ON CONFLICT (external_id) DO UPDATE
                    SET body = ?2, claim = ?3, renewals = ?4, held_until = ?5, lease = ?6,
                        known = ?7, last_attempt = ?8, may_run = ?9";
        let values = params![
            id.as_str(),
            state.body.as_bytes(),
            state.claim.get(),
            state.renewals,
            millis(state.held_until),
            millis(state.lease),
            left_to_known(state.left),
            state.last_attempt.map(millis),
            millis(state.may_run),
            self.now
        ];
        self.write(save, values)
    }

    /// Records that the ticket exists, even if another process holds the claim.
    pub(crate) fn done(&self, id: &ExternalId, resource_id: i64) -> rusqlite::Result<()> {
        let update = "UPDATE entries SET ticket_id = ?2, settled = ifnull(settled, ?3)
                      WHERE external_id = ?1";
        self.write(update, params![id.as_str(), resource_id, self.now])
    }

    /// Records that the ticket of an id exists. Adds the id if the journal doesn't
    /// have it.
    pub(crate) fn adopt(
        &self,
        id: &ExternalId,
        body: BodyHash,
        ticket_id: i64,
    ) -> rusqlite::Result<()> {
        if self.row(id)?.is_none() {
            // No claim has the number 0.
            let no_claim = ClaimId::new(0);
            let unclaimed = KeyState::new(no_claim, body, Duration::ZERO, Duration::ZERO);
            self.save(id, &unclaimed)?;
        }
        self.done(id, ticket_id)
    }

    /// Returns when the first of these ids was claimed.
    pub(crate) fn first_claimed(&self, ids: &[ExternalId]) -> rusqlite::Result<Option<Millis>> {
        let query = "SELECT since FROM entries WHERE external_id = ?1";
        let mut statement = self.connection.prepare_cached(query)?;
        let mut first = None;
        for id in ids {
            let since = statement.query_row([id.as_str()], |row| row.get(0));
            first = first.into_iter().chain(since.optional()?).min();
        }
        Ok(first)
    }

    pub(crate) fn mark_audited(&self, ids: &[ExternalId]) -> rusqlite::Result<()> {
        let update = "UPDATE entries SET audited = 1
                      WHERE external_id = ?1 AND ticket_id IS NOT NULL";
        ids.iter()
            .try_for_each(|id| self.write(update, [id.as_str()]))
    }

    fn next_claim(&self) -> rusqlite::Result<ClaimId> {
        self.connection
            .prepare_cached("UPDATE claims SET next = next + 1 RETURNING next")?
            .query_row([], |row| row.get(0).map(ClaimId::new))
    }

    /// Returns the address of an uploaded file, by its digest.
    pub(crate) fn file_address(&self, digest: &[u8; 32]) -> rusqlite::Result<Option<String>> {
        let query = "SELECT address FROM files WHERE digest = ?1";
        let mut statement = self.connection.prepare_cached(query)?;
        statement.query_row([digest], |row| row.get(0)).optional()
    }

    pub(crate) fn keep_file_address(
        &self,
        digest: &[u8; 32],
        address: &str,
    ) -> rusqlite::Result<()> {
        let insert = "INSERT INTO files (digest, address) VALUES (?1, ?2)
                      ON CONFLICT (digest) DO NOTHING";
        self.write(insert, params![digest, address])
    }
}
