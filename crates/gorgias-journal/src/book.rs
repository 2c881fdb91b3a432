//! What is in the tables, and the rules by which it changes.

use std::time::Duration;

use gorgias::ExternalId;
use gorgias::journal::{BodyHash, Claim, ClaimId, Left, Outcome, Stage};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::clock::{Millis, between, millis, system_time};
use crate::entry::{Entry, State, Unsettled};

/// The tables, within a transaction of the caller's.
pub(crate) struct Book<'a> {
    pub(crate) connection: &'a Connection,
    pub(crate) now: Millis,
}

/// A row of the entries.
struct Written {
    body: [u8; 32],
    ticket_id: Option<i64>,
    held_until: Millis,
    last_send: Millis,
    in_doubt: bool,
    since: Millis,
    audited: bool,
}

impl Written {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            body: row.get(0)?,
            ticket_id: row.get(1)?,
            held_until: row.get(2)?,
            last_send: row.get(3)?,
            in_doubt: row.get(4)?,
            since: row.get(5)?,
            audited: row.get(6)?,
        })
    }
}

fn left(in_doubt: bool) -> Left {
    if in_doubt {
        Left::InDoubt
    } else {
        Left::Interrupted
    }
}

impl Book<'_> {
    fn after(&self, lease: Duration) -> Millis {
        self.now.saturating_add(millis(lease))
    }

    fn written(&self, id: &ExternalId) -> rusqlite::Result<Option<Written>> {
        let query = "SELECT body, ticket_id, held_until, last_send, in_doubt, since, audited
                     FROM entries WHERE external_id = ?1";
        self.connection
            .prepare_cached(query)?
            .query_row([id.as_str()], Written::read)
            .optional()
    }

    pub(crate) fn entry(&self, id: &ExternalId) -> rusqlite::Result<Option<Entry>> {
        let written = self.written(id)?;
        Ok(written.map(|written| Entry {
            body: BodyHash::from_bytes(written.body),
            state: match written.ticket_id {
                Some(ticket_id) => State::Done { ticket_id },
                None => State::Unsettled {
                    left: left(written.in_doubt),
                    held_for: between(self.now, written.held_until),
                },
            },
            since: system_time(written.since),
            audited: written.audited,
        }))
    }

    /// The helpdesk whose journal this is: from now on the one given, unless
    /// there was one.
    pub(crate) fn bind(&self, helpdesk: &str) -> rusqlite::Result<String> {
        let bound = self
            .connection
            .query_row("SELECT name FROM helpdesk", [], |row| row.get(0));
        if let Some(bound) = bound.optional()? {
            return Ok(bound);
        }
        let insert = "INSERT INTO helpdesk VALUES (?1)";
        self.connection.execute(insert, [helpdesk])?;
        Ok(helpdesk.to_owned())
    }

    pub(crate) fn claim(
        &self,
        id: &ExternalId,
        body: BodyHash,
        lease: Duration,
    ) -> rusqlite::Result<Claim> {
        let until = self.after(lease);
        let Some(entry) = self.written(id)? else {
            let claim = self.next_claim()?;
            let insert = "INSERT INTO entries VALUES (?1, ?2, NULL, ?3, ?4, ?4, 0, ?5, 0)";
            self.connection.prepare_cached(insert)?.execute(params![
                id.as_str(),
                body.as_bytes(),
                claim,
                until,
                self.now
            ])?;
            return Ok(Claim::New(claim_id(claim)));
        };
        if entry.body != *body.as_bytes() {
            return Ok(Claim::OtherBody);
        }
        if let Some(ticket_id) = entry.ticket_id {
            return Ok(Claim::Done { ticket_id });
        }
        if entry.held_until > self.now {
            return Ok(Claim::Held {
                remaining: between(self.now, entry.held_until),
            });
        }
        let claim = self.next_claim()?;
        let update = "UPDATE entries SET claim = ?2, held_until = ?3 WHERE external_id = ?1";
        self.connection
            .prepare_cached(update)?
            .execute(params![id.as_str(), claim, until])?;
        Ok(Claim::Unsettled {
            claim: claim_id(claim),
            left: left(entry.in_doubt),
            quiet: between(entry.last_send, self.now),
        })
    }

    pub(crate) fn renew(
        &self,
        id: &ExternalId,
        claim: ClaimId,
        stage: Stage,
        lease: Duration,
    ) -> rusqlite::Result<bool> {
        let until = self.after(lease);
        // The times of sending: the longest it may be out from here on, none
        // later than now, or as they are.
        let (last_send, at_most, in_doubt) = match stage {
            Stage::Sending => (Some(until), Millis::MAX, false),
            Stage::Settling => (None, self.now, true),
            // Looking, and whatever else doesn't send.
            _ => (None, Millis::MAX, false),
        };
        let update = "UPDATE entries
                      SET held_until = ?3, last_send = min(ifnull(?4, last_send), ?5),
                          in_doubt = max(in_doubt, ?6)
                      WHERE external_id = ?1 AND claim = ?2 AND ticket_id IS NULL";
        let changed = self.connection.prepare_cached(update)?.execute(params![
            id.as_str(),
            number(claim),
            until,
            last_send,
            at_most,
            in_doubt
        ])?;
        Ok(changed == 1)
    }

    pub(crate) fn record(
        &self,
        id: &ExternalId,
        claim: ClaimId,
        outcome: Outcome,
    ) -> rusqlite::Result<()> {
        match outcome {
            Outcome::Done { ticket_id } => self.done(id, ticket_id)?,
            Outcome::NotApplied => {
                let delete = "DELETE FROM entries
                              WHERE external_id = ?1 AND claim = ?2 AND ticket_id IS NULL";
                self.connection
                    .prepare_cached(delete)?
                    .execute(params![id.as_str(), number(claim)])?;
            }
            // In doubt, and whatever else isn't certain.
            _ => self.release(id, claim, true)?,
        }
        Ok(())
    }

    /// A ticket that exists does so whoever holds a claim.
    pub(crate) fn done(&self, id: &ExternalId, ticket_id: i64) -> rusqlite::Result<()> {
        let update = "UPDATE entries SET ticket_id = ?2 WHERE external_id = ?1";
        self.connection
            .prepare_cached(update)?
            .execute(params![id.as_str(), ticket_id])?;
        Ok(())
    }

    /// Gives a claim up, and keeps the intent.
    pub(crate) fn release(
        &self,
        id: &ExternalId,
        claim: ClaimId,
        in_doubt: bool,
    ) -> rusqlite::Result<()> {
        let update = "UPDATE entries
                      SET held_until = ?3, last_send = min(last_send, ?3),
                          in_doubt = max(in_doubt, ?4)
                      WHERE external_id = ?1 AND claim = ?2 AND ticket_id IS NULL";
        self.connection.prepare_cached(update)?.execute(params![
            id.as_str(),
            number(claim),
            self.now,
            in_doubt
        ])?;
        Ok(())
    }

    pub(crate) fn unsettled(&self) -> rusqlite::Result<Vec<Unsettled>> {
        let query = "SELECT external_id, in_doubt, held_until FROM entries
                     WHERE ticket_id IS NULL ORDER BY last_send";
        let mut statement = self.connection.prepare_cached(query)?;
        let rows = statement.query_map([], |row| {
            Ok((row.get::<_, String>(0)?, row.get(1)?, row.get(2)?))
        })?;
        let mut found = Vec::new();
        for row in rows {
            let (id, in_doubt, held_until) = row?;
            // Only ids were ever written.
            if let Ok(external_id) = ExternalId::new(id) {
                found.push(Unsettled {
                    external_id,
                    left: left(in_doubt),
                    held_for: between(self.now, held_until),
                });
            }
        }
        Ok(found)
    }

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
        let mut statement = self.connection.prepare_cached(update)?;
        for id in ids {
            statement.execute([id.as_str()])?;
        }
        Ok(())
    }

    fn next_claim(&self) -> rusqlite::Result<i64> {
        self.connection
            .prepare_cached("UPDATE claims SET next = next + 1 RETURNING next")?
            .query_row([], |row| row.get(0))
    }
}

/// Claims are numbered from one, so neither direction loses anything.
fn claim_id(claim: i64) -> ClaimId {
    ClaimId::new(claim.unsigned_abs())
}

fn number(claim: ClaimId) -> i64 {
    i64::try_from(claim.get()).unwrap_or(i64::MAX)
}
