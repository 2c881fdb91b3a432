//! A journal that lasts as long as the process.

use std::collections::HashMap;
use std::fmt;
use std::future::ready;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use super::{BodyHash, Claim, ClaimId, Journal, JournalError, JournalFuture, Left, Outcome, Stage};
use crate::delivery::ExternalId;

/// A [`Journal`] in memory: the one a client has unless given another.
///
/// It keeps an entry of some hundred bytes for every id for as long as it
/// lives, since an id that was forgotten could be sent again.
#[derive(Default)]
pub struct MemoryJournal {
    book: Mutex<Book>,
}

#[derive(Default)]
struct Book {
    helpdesk: Option<String>,
    entries: HashMap<ExternalId, Entry>,
    claims: u64,
}

struct Entry {
    body: BodyHash,
    state: State,
}

#[derive(Clone, Copy)]
enum State {
    Intent(Intent),
    Done { ticket_id: i64 },
}

#[derive(Clone, Copy)]
struct Intent {
    claim: ClaimId,
    /// Until when it is its holder's.
    until: Instant,
    /// Until when the request may have been under way.
    last_send: Instant,
    /// What it is once it is nobody's.
    left: Left,
}

impl MemoryJournal {
    /// An empty journal.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Book {
    fn bind(&mut self, helpdesk: &str) -> Result<(), JournalError> {
        let bound = self.helpdesk.get_or_insert_with(|| helpdesk.to_owned());
        if bound == helpdesk {
            Ok(())
        } else {
            Err(JournalError::of_another(bound))
        }
    }

    fn claim(&mut self, id: &ExternalId, body: BodyHash, lease: Duration) -> Claim {
        let now = Instant::now();
        let claim = ClaimId::new(self.claims);
        let until = now.checked_add(lease).unwrap_or(now);
        let (answer, last_send, left) = match self.entries.get(id) {
            None => (Claim::New(claim), until, Left::Interrupted),
            Some(entry) if entry.body != body => return Claim::OtherBody,
            Some(entry) => match entry.state {
                State::Done { ticket_id } => return Claim::Done { ticket_id },
                State::Intent(intent) if intent.until > now => {
                    return Claim::Held {
                        remaining: intent.until.duration_since(now),
                    };
                }
                State::Intent(Intent {
                    last_send, left, ..
                }) => {
                    let quiet = now.saturating_duration_since(last_send);
                    (Claim::Unsettled { claim, left, quiet }, last_send, left)
                }
            },
        };
        self.claims = self.claims.wrapping_add(1);
        let state = State::Intent(Intent {
            claim,
            until,
            last_send,
            left,
        });
        self.entries.insert(id.clone(), Entry { body, state });
        answer
    }

    /// The intent, if the claim on it is this one.
    fn claimed(&mut self, id: &ExternalId, claim: ClaimId) -> Option<&mut Intent> {
        match self.entries.get_mut(id).map(|entry| &mut entry.state) {
            Some(State::Intent(intent)) if intent.claim == claim => Some(intent),
            _ => None,
        }
    }

    fn renew(&mut self, id: &ExternalId, claim: ClaimId, stage: Stage, lease: Duration) -> bool {
        let now = Instant::now();
        let Some(intent) = self.claimed(id, claim) else {
            return false;
        };
        intent.until = now.checked_add(lease).unwrap_or(now);
        match stage {
            Stage::Looking => {}
            Stage::Sending => intent.last_send = intent.until,
            Stage::Settling => {
                intent.last_send = intent.last_send.min(now);
                intent.left = Left::InDoubt;
            }
        }
        true
    }

    fn release(&mut self, id: &ExternalId, claim: ClaimId, left: Option<Left>) {
        let now = Instant::now();
        if let Some(intent) = self.claimed(id, claim) {
            intent.until = now;
            intent.last_send = intent.last_send.min(now);
            intent.left = left.unwrap_or(intent.left);
        }
    }

    fn record(&mut self, id: &ExternalId, claim: ClaimId, outcome: Outcome) {
        match outcome {
            Outcome::Done { ticket_id } => {
                if let Some(entry) = self.entries.get_mut(id) {
                    entry.state = State::Done { ticket_id };
                }
            }
            Outcome::NotApplied => {
                if self.claimed(id, claim).is_some() {
                    self.entries.remove(id);
                }
            }
            Outcome::InDoubt => self.release(id, claim, Some(Left::InDoubt)),
        }
    }
}

impl Journal for MemoryJournal {
    fn bind<'a>(&'a self, helpdesk: &'a str) -> JournalFuture<'a, ()> {
        Box::pin(ready(self.book().bind(helpdesk)))
    }

    fn claim<'a>(
        &'a self,
        id: &'a ExternalId,
        body: BodyHash,
        lease: Duration,
    ) -> JournalFuture<'a, Claim> {
        Box::pin(ready(Ok(self.book().claim(id, body, lease))))
    }

    fn renew<'a>(
        &'a self,
        id: &'a ExternalId,
        claim: ClaimId,
        stage: Stage,
        lease: Duration,
    ) -> JournalFuture<'a, bool> {
        Box::pin(ready(Ok(self.book().renew(id, claim, stage, lease))))
    }

    fn record<'a>(
        &'a self,
        id: &'a ExternalId,
        claim: ClaimId,
        outcome: Outcome,
    ) -> JournalFuture<'a, ()> {
        self.book().record(id, claim, outcome);
        Box::pin(ready(Ok(())))
    }

    fn abandon(&self, id: &ExternalId, claim: ClaimId, may_be_out: bool) {
        let mut book = self.book();
        if may_be_out {
            book.release(id, claim, None);
        } else {
            book.record(id, claim, Outcome::NotApplied);
        }
    }

    fn is_durable(&self) -> bool {
        false
    }
}

impl fmt::Debug for MemoryJournal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryJournal")
            .field("entries", &self.book().entries.len())
            .finish_non_exhaustive()
    }
}
