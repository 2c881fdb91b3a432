//! From a claim to what was created, or to the knowledge that it can't be told.

use std::time::{Duration, SystemTime};

use gorgias_runtime::pacer::{Lane, Turn};
use gorgias_runtime::support::{CallOptions, Context, TimeLimit};
use gorgias_runtime::{Delivery, Error, ErrorKind, InDoubt, Metadata, RetryPolicy};
use tokio::time::Instant;

use super::settle::{Search, Verdict};
use super::subject::{Made, Subject, look_up};
use super::take::{Before, Taken, take};
use super::{Claimed, Resend, SettlePolicy};
use crate::evidence::Found;
use crate::journal::{BodyHash, JournalError, Left, Outcome, Stage};
use crate::tickets::{How, Story};

/// One call that creates something once.
pub(super) struct Run<'a, S: Subject> {
    pub(super) subject: &'a S,
    pub(super) prepared: S::Prepared,
    pub(super) policy: SettlePolicy,
    pub(super) retry: RetryPolicy,
    pub(super) limit: TimeLimit,
    pub(super) lane: Lane,
    pub(super) story: Story,
    pub(super) sent_at: Option<SystemTime>,
}

impl<S: Subject> Run<'_, S> {
    /// Goes on from what the journal has of the key.
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

    /// Goes on with a key that the journal knew nothing of.
    async fn fresh(mut self, claimed: Claimed, look_first: bool) -> Result<Made<S::Answer>, Error> {
        if look_first {
            self.story.look_ups = 1;
            let started = Instant::now();
            let end = self.limit.strict_end();
            let found = look_up(self.subject, self.part_until(end)).await;
            if end.is_none() {
                self.limit.leave_out(started);
            }
            // Nothing was sent: an error leaves no intent behind.
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

    /// Goes on with a key that somebody else left behind.
    async fn inherited(
        mut self,
        claimed: Claimed,
        before: Before,
    ) -> Result<Made<S::Answer>, Error> {
        self.limit.extend(before.may_run);
        let needed = self.policy.proof_before_resending(before, self.limit.end());
        let mut search = self.search(&claimed, Stage::Looking);
        let verdict = match needed {
            Some(needed) => search.until_quiet(Duration::ZERO, needed).await,
            // Nothing is sent, so the age needn't be proven.
            None => {
                let quiet = before.age.saturating_sub(before.may_run);
                search.until_quiet(quiet, self.policy.settle_time()).await
            }
        };
        let (look_ups, failure) = (search.look_ups, search.failure.take());
        self.story.look_ups = look_ups;
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
            // The intent stays what it was.
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

    /// Sends the request, and settles what came of it. What stays unknown is
    /// sent once more after it was quiet for so long, if at all.
    async fn send(
        mut self,
        mut claimed: Claimed,
        mut repeat: Option<Duration>,
    ) -> Result<Made<S::Answer>, Error> {
        let mut doubt: Option<Error> = None;
        loop {
            let error = match self.attempt(&mut claimed).await {
                Ok((answer, metadata)) => return self.sent(claimed, answer, metadata).await,
                Err(error) => error,
            };
            match (error.delivery(), doubt.take()) {
                // Whatever comes of a second attempt, the first one may still
                // be applied.
                (Delivery::NotSent | Delivery::Rejected, Some(first)) => {
                    return Err(self.give_up(claimed, first).await);
                }
                (Delivery::NotSent, None) => {
                    claimed.leave();
                    return Err(error);
                }
                (Delivery::Rejected, None) => {
                    // Should this fail, the intent stays and is looked into.
                    let _: Result<(), _> = claimed.record(Outcome::NotApplied).await;
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

    /// Looks for what was sent. Absent only when it may be sent once more.
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
        // To wait for longer than the call may take would be in vain.
        let end = self.limit.end();
        let repeat = repeat.filter(|needed| since.checked_add(*needed).is_some_and(|at| at < end));
        let mut search = self.search(claimed, stage);
        let mut verdict = match search.settle().await {
            Some(found) => Verdict::Found(found),
            None => Verdict::OutOfTime,
        };
        if let (Verdict::OutOfTime, Some(needed), Delivery::Unknown) =
            (&verdict, repeat, error.delivery())
        {
            // Less than the settle time, if the deadline came in between.
            verdict = search.until_quiet(since.elapsed(), needed).await;
        }
        self.story.look_ups = search.look_ups;
        verdict
    }

    async fn attempt(&mut self, claimed: &mut Claimed) -> Result<(S::Answer, Metadata), Error> {
        let started = SystemTime::now();
        let context = Context {
            limit: &mut self.limit,
            turn: Turn::new(self.lane),
            retry: self.retry.clone(),
            sent_before: self.story.attempts,
            hook: Some(claimed),
        };
        let result = self.subject.send(&self.prepared, context).await;
        let attempts = match &result {
            Ok((_, metadata)) => metadata.attempts(),
            Err(error) => {
                if !error.delivery().is_safe_to_resend() {
                    self.sent_at = Some(started);
                }
                error.attempts()
            }
        };
        self.story.attempts = self.story.attempts.saturating_add(attempts);
        result
    }

    fn search<'s>(&'s self, claimed: &'s Claimed, stage: Stage) -> Search<'s, S> {
        Search {
            subject: self.subject,
            claimed: Some(claimed),
            stage,
            policy: self.policy.clone(),
            retry: self.retry.clone(),
            end: self.limit.end(),
            lane: self.lane,
            look_ups: self.story.look_ups,
            failure: None,
        }
    }

    /// The options of a part of this call, which ends then or is its first.
    fn part_until(&self, end: Option<Instant>) -> CallOptions {
        CallOptions {
            retry: Some(self.retry.clone()),
            lane: self.lane,
            part_until: end,
            ..CallOptions::default()
        }
    }

    /// It came with the answer.
    async fn sent(
        self,
        claimed: Claimed,
        answer: S::Answer,
        metadata: Metadata,
    ) -> Result<Made<S::Answer>, Error> {
        let id = S::id_of(&answer);
        match claimed.record(done(id)).await {
            Ok(()) => Ok(Made {
                answer,
                metadata,
                story: self.story,
            }),
            Err(failure) => Err(self.unrecorded(failure, id)),
        }
    }

    /// It was found.
    async fn finish(
        mut self,
        claimed: Claimed,
        found: Found,
        how: How,
    ) -> Result<Made<S::Answer>, Error> {
        let written = claimed.record(done(found.id)).await;
        written.map_err(|failure| self.unrecorded(failure, found.id))?;
        self.story.duplicates = found.duplicates;
        let end = Some(self.limit.end());
        self.fetch(found.id, how, end).await
    }

    /// It exists, and the journal couldn't be told.
    fn unrecorded(&self, failure: JournalError, id: i64) -> Error {
        let error = Error::journal(failure).applied(id);
        error.after_attempts(self.story.attempts)
    }

    /// It was there before anything was asked of the service.
    async fn known(self, id: i64) -> Result<Made<S::Answer>, Error> {
        let end = self.limit.strict_end();
        self.fetch(id, How::FoundBefore, end).await
    }

    /// Reads what is known to exist: as a later part of a call that ends then, or
    /// as the first one.
    async fn fetch(
        mut self,
        id: i64,
        how: How,
        part_until: Option<Instant>,
    ) -> Result<Made<S::Answer>, Error> {
        self.story.how = how;
        match self.subject.fetch(id, self.part_until(part_until)).await {
            Ok((answer, metadata)) => Ok(Made {
                answer,
                metadata,
                story: self.story,
            }),
            Err(error) => Err(error.applied(id).after_attempts(self.story.attempts)),
        }
    }

    /// Leaves it in doubt.
    async fn give_up(&self, claimed: Claimed, error: Error) -> Error {
        // Should this fail, the intent stays and is looked into.
        let outcome = match error.delivery() {
            Delivery::Applied => Outcome::Applied,
            _ => Outcome::InDoubt,
        };
        let _: Result<(), _> = claimed.record(outcome).await;
        if error.kind() == ErrorKind::Mismatch {
            return error;
        }
        self.in_doubt(Some(error))
    }

    fn in_doubt(&self, error: Option<Error>) -> Error {
        let doubt = InDoubt::new(self.subject.id().clone(), self.sent_at, self.story.look_ups);
        Error::unsettled(error, doubt).after_attempts(self.story.attempts)
    }
}

/// It exists, whatever it is.
fn done(id: i64) -> Outcome {
    Outcome::Done { ticket_id: id }
}
