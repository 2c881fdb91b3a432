//! The rules by which claims, renewals and outcomes change what a journal keeps
//! of a key.

use std::time::Duration;

use super::{BodyHash, Claim, ClaimId, ClaimOutcome, Hold, Left, Stage};

/// The state of one key in a journal, with the rules by which it changes.
///
/// An implementation of [`Journal`](super::Journal) loads the state, changes it
/// and stores it in one atomic step. To load a state, create it with
/// [`new`](Self::new) and set its other fields.
///
/// Times are durations since a moment that the journal chooses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct KeyState {
    /// The body that the key is used for.
    pub body: BodyHash,
    /// The id of the ticket or message, once it is known to exist.
    pub done: Option<i64>,
    /// The last claim.
    pub claim: ClaimId,
    /// How often the last claim was renewed or given up.
    pub renewals: u64,
    /// The end of the claim's lease.
    pub held_until: Duration,
    /// The length of the claim's lease.
    pub lease: Duration,
    /// The known result of the attempts under earlier claims and, once this claim
    /// is settled, under this claim. `None` if nothing was sent before this claim.
    pub left: Option<Left>,
    /// The start of the last attempt.
    pub last_attempt: Option<Duration>,
    /// The longest time that the last attempt may take. Zero once it has ended.
    pub may_run: Duration,
}

impl KeyState {
    /// Returns the state of a new key that is claimed now.
    #[must_use]
    pub fn new(claim: ClaimId, body: BodyHash, lease: Duration, now: Duration) -> Self {
        Self {
            body,
            done: None,
            claim,
            renewals: 0,
            held_until: now.saturating_add(lease),
            lease,
            left: None,
            last_attempt: None,
            may_run: Duration::ZERO,
        }
    }

    /// Returns the answer to a claim that is refused, because the key is done
    /// or another claim holds it. Returns `None` if the key can be claimed. The
    /// hold `expired` counts as over, whatever the clock says.
    #[must_use]
    pub fn refusal(&self, body: BodyHash, expired: Option<Hold>, now: Duration) -> Option<Claim> {
        if let Some(resource_id) = self.done {
            return Some(if self.body == body {
                Claim::Done { resource_id }
            } else {
                Claim::OtherBody
            });
        }
        let is_held = self.held_until > now && expired != Some(self.hold());
        is_held.then(|| Claim::Held {
            hold: self.hold(),
            remaining: self.held_until.saturating_sub(now),
            lease: self.lease,
        })
    }

    /// Claims a key for which there is no [`refusal`](Self::refusal). If a request
    /// may have been sent for the key, the key keeps its body, and the caller has
    /// to look for the ticket or message.
    pub fn claim(
        &mut self,
        claim: ClaimId,
        body: BodyHash,
        lease: Duration,
        now: Duration,
    ) -> Claim {
        let before = *self;
        *self = Self::new(claim, body, lease, now);
        // Every attempt is recorded before it starts, so nothing was sent.
        if before.left.is_none() && before.last_attempt.is_none() {
            return Claim::Unsent(claim);
        }
        let left = before.left.unwrap_or(Left::Interrupted);
        self.body = before.body;
        self.left = Some(left);
        self.last_attempt = before.last_attempt;
        self.may_run = before.may_run;
        let age = before
            .last_attempt
            .map(|attempt| now.saturating_sub(attempt));
        Claim::Unsettled {
            claim,
            left,
            same_body: before.body == body,
            hold: before.hold(),
            age: age.unwrap_or_default(),
            may_run: before.may_run,
        }
    }

    /// Renews a claim for the stage that its holder begins. Returns false, and
    /// changes nothing, if the key is done or another claim has it by now.
    pub fn renew(&mut self, claim: ClaimId, stage: Stage, lease: Duration, now: Duration) -> bool {
        if !self.is_claimed_by(claim) {
            return false;
        }
        self.held_until = now.saturating_add(lease);
        self.lease = lease;
        self.renewals = self.renewals.wrapping_add(1);
        match stage {
            Stage::Looking => {}
            Stage::Sending(body) => {
                self.body = body;
                self.last_attempt = Some(now);
                self.may_run = lease;
                if self.left == Some(Left::Freed) {
                    self.left = Some(Left::Interrupted);
                }
            }
            Stage::Settling => self.attempted(Left::InDoubt),
            Stage::Identifying => self.attempted(Left::Applied),
        }
        true
    }

    /// Records the outcome of a claim, and gives the claim up. Returns false if
    /// the journal has to forget the key, because nothing was ever applied for
    /// it.
    ///
    /// [`ClaimOutcome::Done`] is always recorded. Another outcome changes
    /// nothing if the key is done or another claim has it by now.
    #[must_use]
    pub fn record(&mut self, claim: ClaimId, outcome: ClaimOutcome, now: Duration) -> bool {
        if let ClaimOutcome::Done { resource_id } = outcome {
            self.done = Some(resource_id);
        } else if self.release(claim, now) {
            match outcome {
                // Nothing was applied only if no earlier claim sent anything
                // either.
                ClaimOutcome::NotApplied => return self.left.is_some(),
                ClaimOutcome::Applied => self.attempted(Left::Applied),
                ClaimOutcome::Freed if self.left == Some(Left::Applied) => {}
                ClaimOutcome::Freed => self.left = Some(Left::Freed),
                ClaimOutcome::InDoubt | ClaimOutcome::Done { .. } => self.attempted(Left::InDoubt),
            }
        }
        true
    }

    /// Gives a claim up without an outcome. Returns false, and changes nothing,
    /// if the key is done or another claim has it by now.
    pub fn release(&mut self, claim: ClaimId, now: Duration) -> bool {
        let is_claimed = self.is_claimed_by(claim);
        if is_claimed {
            self.held_until = self.held_until.min(now);
            self.renewals = self.renewals.wrapping_add(1);
            self.may_run = Duration::ZERO;
        }
        is_claimed
    }

    fn is_claimed_by(&self, claim: ClaimId) -> bool {
        self.done.is_none() && self.claim == claim
    }

    fn hold(&self) -> Hold {
        Hold::new(self.claim, self.renewals)
    }

    /// Records that an attempt ended, and what is known of it. Once a request is
    /// known to be applied, later attempts don't change that.
    fn attempted(&mut self, left: Left) {
        self.may_run = Duration::ZERO;
        if self.left != Some(Left::Applied) {
            self.left = Some(left);
        }
    }
}
