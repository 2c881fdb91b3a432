//! The entries of the journal, and the rules by which a claim, a renewal and an
//! outcome change them.

use std::time::Duration;

use gorgias::ExternalId;
use gorgias::journal::{BodyHash, Claim, ClaimId, Hold, Outcome, Stage};
use rusqlite::{Connection, OptionalExtension, params};

use crate::clock::{Millis, between, duration, millis, system_time};
use crate::entry::{Entry, State};
use crate::known::{APPLIED, FREED, IN_DOUBT, INTERRUPTED, Known, NOTHING, left};

/// The tables, within a transaction that the writer opens.
pub(crate) struct Tables<'a> {
    pub(crate) connection: &'a Connection,
    pub(crate) now: Millis,
}

/// A row of the table `entries`. `schema` explains the columns.
pub(crate) struct Row {
    body: [u8; 32],
    ticket_id: Option<i64>,
    settled: Option<Millis>,
    claim: i64,
    renewals: i64,
    held_until: Millis,
    lease: Millis,
    known: Known,
    last_attempt: Option<Millis>,
    may_run: Millis,
    since: Millis,
    audited: bool,
}

impl Row {
    pub(crate) const COLUMNS: &str = "body, ticket_id, settled, claim, renewals, held_until, lease, \
                                      known, last_attempt, may_run, since, audited";

    /// The number of columns.
    pub(crate) const WIDTH: usize = 12;

    pub(crate) fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            body: row.get(0)?,
            ticket_id: row.get(1)?,
            settled: row.get(2)?,
            claim: row.get(3)?,
            renewals: row.get(4)?,
            held_until: row.get(5)?,
            lease: row.get(6)?,
            known: row.get(7)?,
            last_attempt: row.get(8)?,
            may_run: row.get(9)?,
            since: row.get(10)?,
            audited: row.get(11)?,
        })
    }

    pub(crate) fn entry(&self, now: Millis) -> Entry {
        Entry {
            body: BodyHash::from_bytes(self.body),
            state: match self.ticket_id {
                Some(ticket_id) => State::Done { ticket_id },
                None => State::Unsettled {
                    left: left(self.known),
                    held_for: between(now, self.held_until).min(duration(self.lease)),
                },
            },
            since: system_time(self.since),
            last_attempt: self.last_attempt.map(system_time),
            settled: self.settled.map(system_time),
            audited: self.audited,
        }
    }

    /// The hold of the last claim.
    fn last_hold(&self) -> Hold {
        Hold::new(claim_id(self.claim), self.renewals.unsigned_abs())
    }

    /// The hold that keeps others out now, unless the caller knows that it has
    /// expired.
    fn hold(&self, now: Millis, expired: Option<Hold>) -> Option<Hold> {
        let hold = self.last_hold();
        (self.held_until > now && expired != Some(hold)).then_some(hold)
    }
}

impl Tables<'_> {
    fn after(&self, lease: Duration) -> Millis {
        self.now.saturating_add(millis(lease))
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

    pub(crate) fn entry(&self, id: &ExternalId) -> rusqlite::Result<Option<Entry>> {
        Ok(self.row(id)?.map(|row| row.entry(self.now)))
    }

    /// Binds the journal to a helpdesk, unless it has ids of another one.
    /// Returns the helpdesk that it is bound to.
    pub(crate) fn bind(&self, helpdesk: &str) -> rusqlite::Result<String> {
        let bound = self
            .connection
            .query_row("SELECT name FROM helpdesk", [], |row| row.get(0));
        let bound: Option<String> = bound.optional()?;
        match bound {
            // Without ids the journal can be bound anew, so that a mistyped
            // address does no harm.
            Some(bound) if bound != helpdesk && self.is_new()? => {
                let update = "UPDATE helpdesk SET name = ?1";
                self.connection.execute(update, [helpdesk])?;
                return Ok(helpdesk.to_owned());
            }
            Some(bound) => return Ok(bound),
            None => {}
        }
        let insert = "INSERT INTO helpdesk VALUES (?1)";
        self.connection.execute(insert, [helpdesk])?;
        Ok(helpdesk.to_owned())
    }

    /// Claims an id for a lease.
    ///
    /// An id that is new, or that nothing was sent for, is claimed with the
    /// body given. An id with a ticket, or held by another claim, isn't
    /// claimed. Any other id is claimed in doubt: the caller has to look for
    /// the ticket first, and the body stays that of the earlier attempt.
    /// `expired` is a hold that the caller has watched for its whole lease, so
    /// that it is over whatever the clock says.
    pub(crate) fn claim(
        &self,
        id: &ExternalId,
        body: BodyHash,
        lease: Duration,
        expired: Option<Hold>,
    ) -> rusqlite::Result<Claim> {
        let Some(row) = self.row(id)? else {
            return self.insert(id, body, lease);
        };
        let same_body = row.body == *body.as_bytes();
        match row.ticket_id {
            Some(ticket_id) if same_body => return Ok(Claim::Done { ticket_id }),
            Some(_) => return Ok(Claim::OtherBody),
            None => {}
        }
        if let Some(hold) = row.hold(self.now, expired) {
            return Ok(Claim::Held {
                hold,
                remaining: between(self.now, row.held_until),
                lease: duration(row.lease),
            });
        }
        let claim = self.next_claim()?;
        // Every attempt is recorded before it starts, so without one nothing
        // was sent.
        let unsent = row.known == NOTHING && row.last_attempt.is_none();
        let update = "UPDATE entries
                      SET claim = ?2, renewals = 0, held_until = ?3, lease = ?4, body = ?5,
                          known = ?6
                      WHERE external_id = ?1";
        self.connection.prepare_cached(update)?.execute(params![
            id.as_str(),
            claim,
            self.after(lease),
            millis(lease),
            if unsent { body.as_bytes() } else { &row.body },
            if unsent {
                NOTHING
            } else {
                row.known.max(INTERRUPTED)
            },
        ])?;
        let claim = claim_id(claim);
        if unsent {
            return Ok(Claim::Unsent(claim));
        }
        Ok(Claim::Unsettled {
            claim,
            left: left(row.known),
            same_body,
            hold: row.last_hold(),
            age: row
                .last_attempt
                .map(|attempt| between(attempt, self.now))
                .unwrap_or_default(),
            may_run: duration(row.may_run),
        })
    }

    fn insert(&self, id: &ExternalId, body: BodyHash, lease: Duration) -> rusqlite::Result<Claim> {
        let claim = self.next_claim()?;
        let insert = "INSERT INTO entries
                      VALUES (?1, ?2, NULL, NULL, ?3, 0, ?4, ?5, ?6, NULL, 0, ?7, 0)";
        self.connection.prepare_cached(insert)?.execute(params![
            id.as_str(),
            body.as_bytes(),
            claim,
            self.after(lease),
            millis(lease),
            NOTHING,
            self.now
        ])?;
        Ok(Claim::New(claim_id(claim)))
    }

    /// Extends a claim, and records what its holder is about to do. Returns
    /// false when the claim is another's by now.
    pub(crate) fn renew(
        &self,
        id: &ExternalId,
        claim: ClaimId,
        stage: Stage,
        lease: Duration,
    ) -> rusqlite::Result<bool> {
        let update = "UPDATE entries SET held_until = ?3, lease = ?4, renewals = renewals + 1
                      WHERE external_id = ?1 AND claim = ?2 AND ticket_id IS NULL";
        let changed = self.connection.prepare_cached(update)?.execute(params![
            id.as_str(),
            number(claim),
            self.after(lease),
            millis(lease)
        ])?;
        if changed != 1 {
            return Ok(false);
        }
        match stage {
            Stage::Sending(body) => self.attempt(id, body, lease)?,
            Stage::Settling => self.attempted(id, IN_DOUBT)?,
            Stage::Identifying => self.attempted(id, APPLIED)?,
            // Other stages, such as looking, send nothing.
            _ => {}
        }
        Ok(true)
    }

    /// Records that an attempt starts. It takes at most as long as the lease.
    fn attempt(&self, id: &ExternalId, body: BodyHash, lease: Duration) -> rusqlite::Result<()> {
        let update = "UPDATE entries
                      SET body = ?2, last_attempt = ?3, may_run = ?4,
                          known = iif(known = ?5, ?6, known)
                      WHERE external_id = ?1";
        self.connection.prepare_cached(update)?.execute(params![
            id.as_str(),
            body.as_bytes(),
            self.now,
            millis(lease),
            FREED,
            INTERRUPTED
        ])?;
        Ok(())
    }

    /// Records that an attempt ended, and what is known of it. The doubt of an
    /// earlier attempt stays.
    fn attempted(&self, id: &ExternalId, known: Known) -> rusqlite::Result<()> {
        let update = "UPDATE entries
                      SET may_run = 0, known = max(iif(known = ?3, 0, known), ?2)
                      WHERE external_id = ?1";
        self.connection
            .prepare_cached(update)?
            .execute(params![id.as_str(), known, FREED])?;
        Ok(())
    }

    /// Records the outcome of a claim, and gives the claim up.
    ///
    /// An id for which nothing was sent is removed. An id in doubt stays, with
    /// the doubt. A claim that is another's by now changes nothing, except
    /// that a ticket that exists is always recorded.
    pub(crate) fn record(
        &self,
        id: &ExternalId,
        claim: ClaimId,
        outcome: Outcome,
    ) -> rusqlite::Result<()> {
        match outcome {
            Outcome::Done { ticket_id } => self.done(id, ticket_id),
            Outcome::NotApplied => {
                // Nothing was applied only if no earlier claim sent anything
                // either.
                let delete = "DELETE FROM entries
                              WHERE external_id = ?1 AND claim = ?2 AND ticket_id IS NULL
                                AND known = ?3";
                self.connection.prepare_cached(delete)?.execute(params![
                    id.as_str(),
                    number(claim),
                    NOTHING
                ])?;
                self.release(id, claim)?;
                Ok(())
            }
            Outcome::Freed => {
                if self.release(id, claim)? {
                    let update = "UPDATE entries SET known = ?2
                                  WHERE external_id = ?1 AND known <> ?3";
                    self.connection.prepare_cached(update)?.execute(params![
                        id.as_str(),
                        FREED,
                        APPLIED
                    ])?;
                }
                Ok(())
            }
            Outcome::Applied => self.leave(id, claim, APPLIED),
            // Other outcomes, such as in doubt, aren't certain.
            _ => self.leave(id, claim, IN_DOUBT),
        }
    }

    fn leave(&self, id: &ExternalId, claim: ClaimId, known: Known) -> rusqlite::Result<()> {
        if self.release(id, claim)? {
            self.attempted(id, known)?;
        }
        Ok(())
    }

    /// Records that the ticket exists, whoever holds the claim.
    pub(crate) fn done(&self, id: &ExternalId, ticket_id: i64) -> rusqlite::Result<()> {
        let update = "UPDATE entries SET ticket_id = ?2, settled = ifnull(settled, ?3)
                      WHERE external_id = ?1";
        self.connection.prepare_cached(update)?.execute(params![
            id.as_str(),
            ticket_id,
            self.now
        ])?;
        Ok(())
    }

    /// Records that the ticket of an id exists, whether or not the journal has
    /// the id.
    pub(crate) fn adopt(
        &self,
        id: &ExternalId,
        body: BodyHash,
        ticket_id: i64,
    ) -> rusqlite::Result<()> {
        let insert = "INSERT INTO entries
                      VALUES (?1, ?2, ?3, ?4, 0, 0, 0, 0, ?5, NULL, 0, ?4, 0)
                      ON CONFLICT DO NOTHING";
        self.connection.prepare_cached(insert)?.execute(params![
            id.as_str(),
            body.as_bytes(),
            ticket_id,
            self.now,
            NOTHING
        ])?;
        self.done(id, ticket_id)
    }

    /// Gives a claim up, and keeps the entry. Returns whether the claim was
    /// still the caller's.
    pub(crate) fn release(&self, id: &ExternalId, claim: ClaimId) -> rusqlite::Result<bool> {
        let update = "UPDATE entries
                      SET held_until = min(held_until, ?3), renewals = renewals + 1, may_run = 0
                      WHERE external_id = ?1 AND claim = ?2 AND ticket_id IS NULL";
        let changed = self.connection.prepare_cached(update)?.execute(params![
            id.as_str(),
            number(claim),
            self.now
        ])?;
        Ok(changed == 1)
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

/// Claims are numbered from one, so no number is lost in the conversion.
fn claim_id(claim: i64) -> ClaimId {
    ClaimId::new(claim.unsigned_abs())
}

fn number(claim: ClaimId) -> i64 {
    i64::try_from(claim.get()).unwrap_or(i64::MAX)
}
