//! A journal that lasts as long as the process.

use std::collections::HashMap;
use std::fmt;
use std::future::ready;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use gorgias_runtime::ExternalId;
use tokio::time::Instant;

use super::{
    BodyHash, Claim, ClaimId, ClaimOutcome, Hold, Journal, JournalError, JournalFuture, KeyState,
    Stage,
};

/// A [`Journal`] in memory. A client uses one unless it is given another journal.
///
/// The journal keeps an entry of a few hundred bytes for every id until the journal
/// is dropped, because the ticket of a forgotten id could be sent again.
pub struct MemoryJournal {
    entries: Mutex<Entries>,
}

struct Entries {
    helpdesk: Option<String>,
    keys: HashMap<ExternalId, KeyState>,
    /// The number of the next claim.
    claims: u64,
    /// The moment from which times are counted.
    opened: Instant,
}

impl MemoryJournal {
    /// Creates an empty journal.
    #[must_use]
    pub fn new() -> Self {
        Self {
            entries: Mutex::new(Entries {
                helpdesk: None,
                keys: HashMap::new(),
                claims: 0,
                opened: Instant::now(),
            }),
        }
    }

    fn entries(&self) -> MutexGuard<'_, Entries> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for MemoryJournal {
    fn default() -> Self {
        Self::new()
    }
}

impl Entries {
    fn record(&mut self, id: &ExternalId, claim: ClaimId, outcome: ClaimOutcome) {
        let now = self.opened.elapsed();
        if let Some(state) = self.keys.get_mut(id)
            && !state.record(claim, outcome, now)
        {
            self.keys.remove(id);
        }
    }
}

impl Journal for MemoryJournal {
    fn bind<'a>(&'a self, helpdesk: &'a str) -> JournalFuture<'a, ()> {
        let mut entries = self.entries();
        let bound = entries.helpdesk.get_or_insert_with(|| helpdesk.to_owned());
        Box::pin(ready(match bound == helpdesk {
            true => Ok(()),
            false => Err(JournalError::of_another(bound)),
        }))
    }

    fn claim<'a>(
        &'a self,
        id: &'a ExternalId,
        body: BodyHash,
        lease: Duration,
        expired: Option<Hold>,
    ) -> JournalFuture<'a, Claim> {
        let mut entries = self.entries();
        let now = entries.opened.elapsed();
        let claim = ClaimId::new(entries.claims);
        entries.claims = entries.claims.wrapping_add(1);
        let answer = match entries.keys.get_mut(id) {
            Some(state) => match state.refusal(body, expired, now) {
                Some(refusal) => refusal,
                None => state.claim(claim, body, lease, now),
            },
            None => {
                let state = KeyState::new(claim, body, lease, now);
                entries.keys.insert(id.clone(), state);
                Claim::New(claim)
            }
        };
        Box::pin(ready(Ok(answer)))
    }

    fn body<'a>(&'a self, id: &'a ExternalId) -> JournalFuture<'a, Option<BodyHash>> {
        let body = self.entries().keys.get(id).map(|state| state.body);
        Box::pin(ready(Ok(body)))
    }

    fn renew<'a>(
        &'a self,
        id: &'a ExternalId,
        claim: ClaimId,
        stage: Stage,
        lease: Duration,
    ) -> JournalFuture<'a, bool> {
        let mut entries = self.entries();
        let now = entries.opened.elapsed();
        let state = entries.keys.get_mut(id);
        let renewed = state.is_some_and(|state| state.renew(claim, stage, lease, now));
        Box::pin(ready(Ok(renewed)))
    }

    fn record<'a>(
        &'a self,
        id: &'a ExternalId,
        claim: ClaimId,
        outcome: ClaimOutcome,
    ) -> JournalFuture<'a, ()> {
        self.entries().record(id, claim, outcome);
        Box::pin(ready(Ok(())))
    }

    fn abandon(&self, id: &ExternalId, claim: ClaimId, may_be_out: bool) {
        let mut entries = self.entries();
        let now = entries.opened.elapsed();
        if !may_be_out {
            entries.record(id, claim, ClaimOutcome::NotApplied);
        } else if let Some(state) = entries.keys.get_mut(id) {
            state.release(claim, now);
        }
    }

    fn is_durable(&self) -> bool {
        false
    }
}

impl fmt::Debug for MemoryJournal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryJournal")
            .field("entries", &self.entries().keys.len())
            .finish_non_exhaustive()
    }
}
