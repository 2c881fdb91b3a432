//! Runs a call that creates a ticket or a reply once: claims the key, sends the
//! request, looks for the ticket or reply if the outcome is unknown, and records the
//! outcome. Start at [`Run::run`].

use std::time::{Duration, SystemTime};

use gorgias_runtime::pacer::{Lane, Turn};
use gorgias_runtime::support::{CallOptions, Context, TimeLimit};
use gorgias_runtime::{Delivery, Error, ErrorKind, InDoubt, Response, RetryPolicy};
use tokio::time::Instant;

use super::settle::{Search, Verdict};
use super::subject::{Made, Subject, look_up};
use super::take::{Before, Taken, take};
use super::{Claimed, Resend, SettlePolicy};
use crate::creation::{Answer as _, Prepared};
use crate::evidence::Found;
use crate::journal::{BodyHash, ClaimOutcome, JournalError, Left, Stage};
use crate::tickets::{CreationDetails, How};

/// One call that creates a subject once, or one that only finds out whether the
/// subject exists.
pub(super) struct Run<'a, S, P> {
    pub(super) subject: &'a S,
    pub(super) prepared: P,
    pub(super) policy: SettlePolicy,
    pub(super) retry: RetryPolicy,
    pub(super) limit: TimeLimit,
    pub(super) lane: Lane,
    pub(super) details: CreationDetails,
    pub(super) sent_at: Option<SystemTime>,
}

impl<S: Subject> Run<'_, S, Prepared> {
    /// Runs the call, by the state of the key in the journal.
    pub(super) async fn run(
        self,
        body: BodyHash,
        look_first: Option<bool>,
    ) -> Result<Made<S::Answer>, Error> {
        let (client, key) = (self.subject.client(), self.subject.key());
        client.bind_journal().await?;
        match take(client, key, S::OPERATION, body, &self.limit).await? {
            Taken::New(claimed) => {
                let is_durable = client.shared().journal.is_durable();
                self.fresh(claimed, look_first.unwrap_or(!is_durable)).await
            }
            Taken::Unsent(claimed) => self.fresh(claimed, true).await,
            Taken::Inherited(claimed, before) => self.inherited(claimed, before).await,
            Taken::Done { id } => self.known(id).await,
            Taken::OtherBody => Err(Error::key_reused()),
        }
    }

    /// Continues with a key for which no request was sent.
    async fn fresh(mut self, claimed: Claimed, look_first: bool) -> Result<Made<S::Answer>, Error> {
        if look_first {
            self.details.look_ups = 1;
            let started = Instant::now();
            let end = self.limit.strict_end();
            let found = look_up(self.subject, self.part_until(end)).await;
            if end.is_none() {
                self.limit.leave_out(started);
            }
            // Nothing was sent, so an error leaves no intent in the journal.
            if let Some(found) = found.map_err(Error::before_sending)? {
                return self.finish(claimed, found, How::FoundBefore).await;
            }
        }
        let repeat = match self.policy.resend {
            Resend::AfterQuiet(quiet) => Some(quiet.max(self.policy.settle_time())),
            Resend::Interrupted | Resend::Never => None,
        };
        self.send(claimed, repeat).await
    }

    /// Continues with a key for which an earlier claim may have sent a request.
    async fn inherited(
        mut self,
        claimed: Claimed,
        before: Before,
    ) -> Result<Made<S::Answer>, Error> {
        self.limit.extend(before.may_run);
        let needed = self.policy.proof_before_resending(before, self.limit.end());
        let mut search = self.search(Some(&claimed), Stage::Looking);
        let verdict = match needed {
            Some(needed) => search.until_quiet(Duration::ZERO, needed).await,
            // Nothing is sent, so the age of the last attempt need not be proven.
            None => {
                let quiet = before.age.saturating_sub(before.may_run);
                search.until_quiet(quiet, self.policy.settle_time()).await
            }
        };
        let (look_ups, failure) = (search.look_ups, search.failure.take());
        self.details.look_ups = look_ups;
        match verdict {
            Verdict::Found(found) if before.same_body => {
                self.finish(claimed, found, How::FoundBefore).await
            }
            Verdict::Found(found) => {
                let written = claimed.record(done(found.id)).await;
                written.map_err(Error::journal)?;
                Err(Error::key_reused())
            }
            Verdict::Absent if needed.is_some() => self.send(claimed, None).await,
            // The intent stays as it was.
            Verdict::Absent | Verdict::OutOfTime => {
                claimed.leave();
                let error = self.in_doubt(None).after_look_up(failure);
                Err(match before.left {
                    Left::Applied => error.exists(),
                    _ => error,
                })
            }
        }
    }

    /// Sends the request, and finds out whether it was applied. A request that may
    /// have been applied is sent once more if the service proves for the duration
    /// `repeat` that the subject is absent. Without `repeat` it is never sent again.
    async fn send(
        mut self,
        mut claimed: Claimed,
        mut repeat: Option<Duration>,
    ) -> Result<Made<S::Answer>, Error> {
        let mut doubt: Option<Error> = None;
        loop {
            let error = match self.attempt(&mut claimed).await {
                Ok(answer) => return self.sent(claimed, answer).await,
                Err(error) => error,
            };
            match (error.delivery(), doubt.take()) {
                // The first attempt may still be applied, whatever happened to the
                // second one.
                (Delivery::NotSent | Delivery::Rejected, Some(first)) => {
                    return Err(self.give_up(claimed, first).await);
                }
                (Delivery::NotSent, None) => {
                    claimed.leave();
                    return Err(error);
                }
                (Delivery::Rejected, None) => {
                    // If this fails, the intent stays, and the next call looks for
                    // the subject.
                    let _: Result<(), _> = claimed.record(ClaimOutcome::NotApplied).await;
                    return Err(error);
                }
                _ => {}
            }
            if error.kind() == ErrorKind::Mismatch {
                return Err(self.give_up(claimed, error).await);
            }
            let verdict = self.settle(&claimed, &error, repeat.take()).await;
            match verdict {
                Verdict::Found(found) => {
                    let how = How::FoundAfterAmbiguity;
                    return self.finish(claimed, found, how).await;
                }
                Verdict::OutOfTime => return Err(self.give_up(claimed, error).await),
                Verdict::Absent => doubt = Some(error),
            }
        }
    }

    /// Looks for the subject after a request. The verdict is `Absent` only if the
    /// request may be sent once more.
    async fn settle(
        &mut self,
        claimed: &Claimed,
        error: &Error,
        repeat: Option<Duration>,
    ) -> Verdict {
        if let Some(id) = error.resource_id() {
            return Verdict::Found(Found::alone(id));
        }
        let since = Instant::now();
        let stage = match error.delivery() {
            Delivery::Applied => Stage::Identifying,
            _ => Stage::Settling,
        };
        // A wait beyond the end of the call would prove nothing.
        let end = self.limit.end();
        let repeat = repeat.filter(|needed| since.checked_add(*needed).is_some_and(|at| at < end));
        let mut search = self.search(Some(claimed), stage);
        let mut verdict = match search.settle().await {
            Some(found) => Verdict::Found(found),
            None => Verdict::OutOfTime,
        };
        if let (Verdict::OutOfTime, Some(needed), Delivery::Unknown) =
            (&verdict, repeat, error.delivery())
        {
            // The time since the request is less than the settle time if the
            // deadline came first.
            verdict = search.until_quiet(since.elapsed(), needed).await;
        }
        self.details.look_ups = search.look_ups;
        verdict
    }

    async fn attempt(&mut self, claimed: &mut Claimed) -> Result<Response<S::Answer>, Error> {
        let started = SystemTime::now();
        let context = Context {
            limit: &mut self.limit,
            turn: Turn::new(self.lane),
            retry: self.retry.clone(),
            sent_before: self.details.attempts,
            hook: Some(claimed),
        };
        let result = self.subject.send(&self.prepared, context).await;
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

    /// Records the subject that the service answered with.
    async fn sent(
        self,
        claimed: Claimed,
        answer: Response<S::Answer>,
    ) -> Result<Made<S::Answer>, Error> {
        let id = answer.id();
        match claimed.record(done(id)).await {
            Ok(()) => Ok(Made {
                answer,
                details: self.details,
            }),
            Err(failure) => Err(self.unrecorded(failure, id)),
        }
    }

    /// Records and reads the subject that a look-up found.
    async fn finish(
        mut self,
        claimed: Claimed,
        found: Found,
        how: How,
    ) -> Result<Made<S::Answer>, Error> {
        let written = claimed.record(done(found.id)).await;
        written.map_err(|failure| self.unrecorded(failure, found.id))?;
        self.details.duplicates = found.duplicates;
        let end = Some(self.limit.end());
        self.made(found.id, how, end).await
    }

    /// Returns the error of a subject that exists and that the journal could not
    /// record.
    fn unrecorded(&self, failure: JournalError, id: i64) -> Error {
        let error = Error::journal(failure).applied(id);
        error.after_attempts(self.details.attempts)
    }

    /// Reads the subject that the journal has already.
    async fn known(self, id: i64) -> Result<Made<S::Answer>, Error> {
        let end = self.limit.strict_end();
        self.made(id, How::FoundBefore, end).await
    }

    /// Reads the subject, which is known to exist. Errors have the number of
    /// attempts to create it.
    async fn made(
        mut self,
        id: i64,
        how: How,
        part_until: Option<Instant>,
    ) -> Result<Made<S::Answer>, Error> {
        self.details.how = how;
        let attempts = self.details.attempts;
        let made = self.fetch(id, part_until).await;
        made.map_err(|error| error.after_attempts(attempts))
    }

    /// Records that the subject is in doubt, and returns the error that says so.
    async fn give_up(&self, claimed: Claimed, error: Error) -> Error {
        // If this fails, the intent stays, and the next call looks for the subject.
        let outcome = match error.delivery() {
            Delivery::Applied => ClaimOutcome::Applied,
            _ => ClaimOutcome::InDoubt,
        };
        let _: Result<(), _> = claimed.record(outcome).await;
        if error.kind() == ErrorKind::Mismatch {
            return error;
        }
        self.in_doubt(Some(error))
    }
}

impl<S: Subject, P: Send + Sync> Run<'_, S, P> {
    pub(super) fn search<'s>(
        &'s self,
        claimed: Option<&'s Claimed>,
        stage: Stage,
    ) -> Search<'s, S> {
        Search {
            subject: self.subject,
            claimed,
            stage,
            policy: self.policy.clone(),
            retry: self.retry.clone(),
            end: self.limit.end(),
            lane: self.lane,
            look_ups: self.details.look_ups,
            failure: None,
        }
    }

    /// Returns the options of a request that is a part of this call. With `end` the
    /// request ends by then and isn't put at the end of the queue for the rate limit;
    /// without `end` it is the call's first request.
    fn part_until(&self, end: Option<Instant>) -> CallOptions {
        CallOptions {
            retry: Some(self.retry.clone()),
            lane: self.lane,
            part_until: end,
            ..CallOptions::default()
        }
    }

    /// Reads the subject, which is known to exist.
    pub(super) async fn fetch(
        self,
        id: i64,
        part_until: Option<Instant>,
    ) -> Result<Made<S::Answer>, Error> {
        match self.subject.fetch(id, self.part_until(part_until)).await {
            Ok(answer) => Ok(Made {
                answer,
                details: self.details,
            }),
            Err(error) => Err(error.applied(id)),
        }
    }

    pub(super) fn in_doubt(&self, error: Option<Error>) -> Error {
        let doubt = InDoubt::new(
            self.subject.id().clone(),
            self.sent_at,
            self.details.look_ups,
        );
        Error::unsettled(error, doubt).after_attempts(self.details.attempts)
    }
}

/// The outcome of a subject that exists.
pub(super) fn done(id: i64) -> ClaimOutcome {
    ClaimOutcome::Done { resource_id: id }
}
