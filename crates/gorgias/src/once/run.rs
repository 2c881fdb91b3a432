//! Runs a call that creates a ticket or a reply once: claims the key, sends the
//! request, and looks for the ticket or reply if the outcome is unknown. Start at
//! [`Run::create`]. `ending` records the outcome.

use std::time::{Duration, SystemTime};

use gorgias_runtime::pacer::{Lane, Turn};
use gorgias_runtime::support::{CallOptions, Context, TimeLimit};
use gorgias_runtime::{Delivery, Error, ErrorKind, Response, RetryPolicy};
use tokio::time::Instant;

use super::claim_key::{Before, KeyClaim, claim_key};
use super::resource::{Resource, Verdict, look_up};
use super::{HeldClaim, Resend, SettlePolicy};
use crate::creation::Prepared;
use crate::journal::{BodyHash, ClaimOutcome};
use crate::tickets::{CreationDetails, How};

/// One call that creates a resource once, or one that only finds out whether the
/// resource exists.
pub(super) struct Run<'a, R> {
    pub(super) resource: &'a R,
    pub(super) policy: SettlePolicy,
    pub(super) retry: RetryPolicy,
    pub(super) limit: TimeLimit,
    pub(super) lane: Lane,
    pub(super) details: CreationDetails,
    /// When the last request that may have been applied was sent.
    pub(super) sent_at: Option<SystemTime>,
}

impl<'a, R: Resource> Run<'a, R> {
    /// Starts a call, whose time limit begins now.
    pub(super) fn start(
        resource: &'a R,
        options: &CallOptions,
        policy: Option<SettlePolicy>,
    ) -> Result<Self, Error> {
        let client = resource.client();
        let policy = policy.unwrap_or_else(|| client.shared().settle.clone());
        Ok(Self {
            resource,
            limit: options.limit(client.connection(), policy.settle_time())?,
            policy,
            retry: options.retry(client.connection()),
            lane: options.lane,
            details: CreationDetails::default(),
            sent_at: None,
        })
    }

    /// Creates the resource, unless the journal or a look-up shows that it exists
    /// already. The next step depends on the state of the key in the journal.
    pub(super) async fn create(
        self,
        prepared: &Prepared,
        body: BodyHash,
        look_first: Option<bool>,
    ) -> Result<R::Created, Error> {
        match claim_key(self.resource, body, &self.limit).await? {
            KeyClaim::New(claim) => {
                let is_durable = self.resource.client().shared().journal.is_durable();
                let look_first = look_first.unwrap_or(!is_durable);
                self.fresh(claim, prepared, look_first).await
            }
            KeyClaim::Unsent(claim) => self.fresh(claim, prepared, true).await,
            KeyClaim::Inherited(claim, before) => self.inherited(claim, prepared, before).await,
            KeyClaim::Done { id } => self.known(id).await,
            KeyClaim::OtherBody => Err(Error::key_reused()),
        }
    }

    /// Continues with a key for which no request was sent.
    async fn fresh(
        mut self,
        claim: HeldClaim<'a, R>,
        prepared: &Prepared,
        look_first: bool,
    ) -> Result<R::Created, Error> {
        if look_first {
            self.details.look_ups = 1;
            let started = Instant::now();
            let end = self.limit.strict_end();
            let found = look_up(self.resource, self.part_until(end)).await;
            if end.is_none() {
                self.limit.leave_out(started);
            }
            // Nothing was sent, so an error leaves no intent in the journal.
            if let Some(found) = found.map_err(Error::before_sending)? {
                return self.finish(claim, found, How::FoundBefore).await;
            }
        }
        let repeat = match self.policy.resend {
            Resend::AfterQuiet(quiet) => Some(quiet.max(self.policy.settle_time())),
            Resend::Interrupted | Resend::Never => None,
        };
        self.send(claim, prepared, repeat).await
    }

    /// Continues with a key for which an earlier claim may have sent a request.
    async fn inherited(
        mut self,
        claim: HeldClaim<'a, R>,
        prepared: &Prepared,
        before: Before,
    ) -> Result<R::Created, Error> {
        self.limit.extend(before.may_run);
        let needed = self.policy.proof_before_resending(before, self.limit.end());
        let (quiet, least) = match needed {
            Some(needed) => (Duration::ZERO, needed),
            // Nothing is sent in this case, so it does no harm if the age of the
            // last attempt is wrong.
            None => {
                let quiet = before.age.saturating_sub(before.may_run);
                (quiet, self.policy.settle_time())
            }
        };
        let (verdict, failure) = self.look_until_quiet(Some(&claim), quiet, least).await;
        match verdict {
            Verdict::Found(found) if before.same_body => {
                self.finish(claim, found, How::FoundBefore).await
            }
            Verdict::Found(found) => {
                let resource_id = found.id;
                let written = claim.record(ClaimOutcome::Done { resource_id }).await;
                written.map_err(Error::journal)?;
                Err(Error::key_reused())
            }
            Verdict::Absent if needed.is_some() => self.send(claim, prepared, None).await,
            Verdict::Absent | Verdict::OutOfTime => Err(self.leave(claim, before, failure)),
        }
    }

    /// Sends the request, and finds out whether it was applied. A request that may
    /// have been applied is sent once more if the service proves for the duration
    /// `repeat` that the resource is absent. Without `repeat` it is never sent again.
    async fn send(
        mut self,
        mut claim: HeldClaim<'a, R>,
        prepared: &Prepared,
        mut repeat: Option<Duration>,
    ) -> Result<R::Created, Error> {
        let mut doubt: Option<Error> = None;
        loop {
            let error = match self.attempt(&mut claim, prepared).await {
                Ok(answer) => return self.sent(claim, answer).await,
                Err(error) => error,
            };
            match (error.delivery(), doubt.take()) {
                // The first attempt may still be applied, whatever happened to the
                // second one.
                (Delivery::NotSent | Delivery::Rejected, Some(first)) => {
                    return Err(self.give_up(claim, first).await);
                }
                (Delivery::NotSent, None) => {
                    claim.leave();
                    return Err(error);
                }
                (Delivery::Rejected, None) => {
                    // If this fails, the intent stays, and the next call looks for
                    // the resource.
                    let _: Result<(), _> = claim.record(ClaimOutcome::NotApplied).await;
                    return Err(error);
                }
                _ => {}
            }
            if error.kind() == ErrorKind::Mismatch {
                return Err(self.give_up(claim, error).await);
            }
            let verdict = self.settle(&claim, &error, repeat.take()).await;
            match verdict {
                Verdict::Found(found) => {
                    let how = How::FoundAfterAmbiguity;
                    return self.finish(claim, found, how).await;
                }
                Verdict::OutOfTime => return Err(self.give_up(claim, error).await),
                Verdict::Absent => doubt = Some(error),
            }
        }
    }

    async fn attempt(
        &mut self,
        claim: &mut HeldClaim<'a, R>,
        prepared: &Prepared,
    ) -> Result<Response<R::Answer>, Error> {
        let started = SystemTime::now();
        let context = Context {
            limit: &mut self.limit,
            turn: Turn::new(self.lane),
            retry: self.retry.clone(),
            sent_before: self.details.attempts,
            hook: Some(claim),
        };
        let connection = self.resource.client().connection();
        let result = prepared.send::<R::Answer>(connection, context).await;
        let attempts = match &result {
            Ok(answer) => answer.metadata().attempts(),
            Err(error) => {
                if !error.delivery().is_safe_to_resend() {
                    self.sent_at = Some(started);
                }
                error.attempts()
            }
        };
        self.details.attempts = self.details.attempts.saturating_add(attempts);
        result
    }

    /// Returns the options of a request that is a part of this call. With `end` the
    /// request ends by then and isn't put at the end of the queue for the rate
    /// limit. Without `end` the request has the client's operation timeout and waits
    /// at the end of the queue, as the first request of a call does.
    pub(super) fn part_until(&self, end: Option<Instant>) -> CallOptions {
        CallOptions {
            retry: Some(self.retry.clone()),
            lane: self.lane,
            part_until: end,
            ..CallOptions::default()
        }
    }
}
