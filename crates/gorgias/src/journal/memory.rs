//! A journal that lasts as long as the process.

use std::collections::HashMap;
use std::fmt;
use std::future::ready;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use gorgias_runtime::ExternalId;
use tokio::time::Instant;

use super::{
    BodyHash, Claim, ClaimId, Hold, Journal, JournalError, JournalFuture, Left, Outcome, Stage,
};

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
    /// Until when it is its holder's, and how long it was taken for.
    until: Instant,
    lease: Duration,
    /// Counts the renewals.
    mark: u64,
    /// What is known of the attempts under earlier claims and, once it is
    /// settled, of this one's. None if nothing was sent before it.
    left: Option<Left>,
    /// When the last attempt began.
    last_attempt: Option<Instant>,
    /// How long it takes at most, if nobody has said that it ended.
    may_run: Duration,
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

    fn claim(
        &mut self,
        id: &ExternalId,
        body: BodyHash,
        lease: Duration,
        expired: Option<Hold>,
    ) -> Claim {
        let now = Instant::now();
        let claim = ClaimId::new(self.claims);
        let mut intent = Intent {
            claim,
            until: now.checked_add(lease).unwrap_or(now),
            lease,
            mark: 0,
            left: None,
            last_attempt: None,
            may_run: Duration::ZERO,
        };
        let mut intended = body;
        let mut answer = Claim::New(claim);
        if let Some(entry) = self.entries.get(id) {
            let same_body = entry.body == body;
            let before = match entry.state {
                State::Done { ticket_id } if same_body => return Claim::Done { ticket_id },
                State::Done { .. } => return Claim::OtherBody,
                State::Intent(before) => before,
            };
            let hold = Hold::new(before.claim, before.mark);
            if before.until > now && expired != Some(hold) {
                return Claim::Held {
                    hold,
                    remaining: before.until.duration_since(now),
                    lease: before.lease,
                };
            }
            answer = Claim::Unsent(claim);
            // Every attempt is written down before it starts.
            if before.last_attempt.is_some() || before.left.is_some() {
                let left = before.left.unwrap_or(Left::Interrupted);
                intended = entry.body;
                intent.left = Some(left);
                intent.last_attempt = before.last_attempt;
                intent.may_run = before.may_run;
                let age = before
                    .last_attempt
                    .map(|attempt| now.duration_since(attempt));
                answer = Claim::Unsettled {
                    claim,
                    left,
                    same_body,
                    hold,
                    age: age.unwrap_or_default(),
                    may_run: before.may_run,
                };
            }
        }
        self.claims = self.claims.wrapping_add(1);
        let entry = Entry {
            body: intended,
            state: State::Intent(intent),
        };
        self.entries.insert(id.clone(), entry);
        answer
    }

    /// The entry and its intent, if the claim on it is this one.
    fn claimed(&mut self, id: &ExternalId, claim: ClaimId) -> Option<(&mut BodyHash, &mut Intent)> {
        let entry = self.entries.get_mut(id)?;
        match &mut entry.state {
            State::Intent(intent) if intent.claim == claim => Some((&mut entry.body, intent)),
            _ => None,
        }
    }

    fn renew(&mut self, id: &ExternalId, claim: ClaimId, stage: Stage, lease: Duration) -> bool {
        let now = Instant::now();
        let Some((intended, intent)) = self.claimed(id, claim) else {
            return false;
        };
        intent.until = now.checked_add(lease).unwrap_or(now);
        intent.lease = lease;
        intent.mark = intent.mark.wrapping_add(1);
        match stage {
            Stage::Looking => {}
            Stage::Sending(body) => {
                *intended = body;
                intent.last_attempt = Some(now);
                intent.may_run = lease;
                if intent.left == Some(Left::Freed) {
                    intent.left = Some(Left::Interrupted);
                }
            }
            Stage::Settling => intent.attempted(Left::InDoubt),
            Stage::Identifying => intent.attempted(Left::Applied),
        }
        true
    }

    /// Gives a claim up. Nothing if it isn't the caller's.
    fn release(&mut self, id: &ExternalId, claim: ClaimId) -> Option<&mut Intent> {
        let (_, intent) = self.claimed(id, claim)?;
        intent.until = Instant::now();
        intent.mark = intent.mark.wrapping_add(1);
        intent.may_run = Duration::ZERO;
        Some(intent)
    }

    fn record(&mut self, id: &ExternalId, claim: ClaimId, outcome: Outcome) {
        match outcome {
            Outcome::Done { ticket_id } => {
                if let Some(entry) = self.entries.get_mut(id) {
                    entry.state = State::Done { ticket_id };
                }
            }
            Outcome::NotApplied => {
                // Only who sent first can know that nothing was applied.
                if self
                    .release(id, claim)
                    .is_some_and(|intent| intent.left.is_none())
                {
                    self.entries.remove(id);
                }
            }
            Outcome::InDoubt | Outcome::Applied | Outcome::Freed => {
                let Some(intent) = self.release(id, claim) else {
                    return;
                };
                match outcome {
                    Outcome::Applied => intent.attempted(Left::Applied),
                    Outcome::Freed if intent.left != Some(Left::Applied) => {
                        intent.left = Some(Left::Freed);
                    }
                    Outcome::Freed => {}
                    _ => intent.attempted(Left::InDoubt),
                }
            }
        }
    }
}

impl Intent {
    /// An attempt ended, and so much is known of it.
    fn attempted(&mut self, left: Left) {
        self.may_run = Duration::ZERO;
        if self.left != Some(Left::Applied) {
            self.left = Some(left);
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
        expired: Option<Hold>,
    ) -> JournalFuture<'a, Claim> {
        Box::pin(ready(Ok(self.book().claim(id, body, lease, expired))))
    }

    fn body<'a>(&'a self, id: &'a ExternalId) -> JournalFuture<'a, Option<BodyHash>> {
        let body = self.book().entries.get(id).map(|entry| entry.body);
        Box::pin(ready(Ok(body)))
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
            book.release(id, claim);
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
