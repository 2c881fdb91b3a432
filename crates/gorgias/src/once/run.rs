//! From a claim to a ticket, or to the knowledge that it can't be told.

use std::time::{Duration, SystemTime};

use gorgias_api::types::Ticket;
use gorgias_runtime::pacer::{Lane, Turn};
use gorgias_runtime::support::{Context, TimeLimit};
use gorgias_runtime::{Delivery, Error, ErrorKind, ExternalId, InDoubt, Metadata, RetryPolicy};
use tokio::time::Instant;

use super::settle::{Search, Verdict};
use super::take::Before;
use super::{Claimed, Found, Resend, SettlePolicy, look_up};
use crate::client::Client;
use crate::journal::{JournalError, Left, Outcome, Stage};
use crate::tickets::{Created, How, Prepared, Story, send};

/// One call of `create_once`.
pub(super) struct Run<'a> {
    pub(super) client: &'a Client,
    pub(super) id: &'a ExternalId,
    pub(super) prepared: Prepared,
    pub(super) policy: SettlePolicy,
    pub(super) retry: RetryPolicy,
    pub(super) limit: TimeLimit,
    pub(super) lane: Lane,
    pub(super) walk: bool,
    pub(super) story: Story,
    pub(super) sent_at: Option<SystemTime>,
}

impl Run<'_> {
    /// Goes on with an id that the journal knew nothing of.
    pub(super) async fn fresh(
        mut self,
        claimed: Claimed,
        look_first: bool,
    ) -> Result<Created, Error> {
        if look_first {
            self.story.look_ups = 1;
            let started = Instant::now();
            let end = self.limit.strict_end();
            let call = self.client.tickets().look_up(self.id);
            let call = call.lane(self.lane).retry(self.retry.clone());
            let found = look_up(call.walk(self.walk).part_until(end)).await;
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

    /// Goes on with an id that somebody else left behind.
    pub(super) async fn inherited(
        mut self,
        claimed: Claimed,
        before: Before,
    ) -> Result<Created, Error> {
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
                let ticket_id = found.ticket_id;
                let written = claimed.record(Outcome::Done { ticket_id }).await;
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

    /// Sends the ticket, and settles what came of it. What stays unknown is
    /// sent once more after it was quiet for so long, if at all.
    async fn send(
        mut self,
        mut claimed: Claimed,
        mut repeat: Option<Duration>,
    ) -> Result<Created, Error> {
        let mut doubt: Option<Error> = None;
        loop {
            let error = match self.attempt(&mut claimed).await {
                Ok((ticket, metadata)) => return self.sent(claimed, ticket, metadata).await,
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
        if let Some(ticket_id) = error.resource_id() {
            return Verdict::Found(Found::alone(ticket_id));
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

    async fn attempt(&mut self, claimed: &mut Claimed) -> Result<(Ticket, Metadata), Error> {
        let started = SystemTime::now();
        let context = Context {
            limit: &mut self.limit,
            turn: Turn::new(self.lane),
            retry: self.retry.clone(),
            sent_before: self.story.attempts,
            hook: Some(claimed),
        };
        let connection = &self.client.shared().connection;
        let result = send(connection, &self.prepared, context).await;
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

    fn search<'s>(&'s self, claimed: &'s Claimed, stage: Stage) -> Search<'s> {
        Search {
            client: self.client,
            id: self.id,
            claimed: Some(claimed),
            stage,
            policy: self.policy.clone(),
            retry: self.retry.clone(),
            end: self.limit.end(),
            lane: self.lane,
            walk: self.walk,
            look_ups: self.story.look_ups,
            failure: None,
        }
    }

    /// The ticket came with the answer.
    async fn sent(
        self,
        claimed: Claimed,
        ticket: Ticket,
        metadata: Metadata,
    ) -> Result<Created, Error> {
        let ticket_id = ticket.id;
        match claimed.record(Outcome::Done { ticket_id }).await {
            Ok(()) => Ok(Created::new(ticket, metadata, self.story)),
            Err(failure) => Err(self.unrecorded(failure, ticket_id)),
        }
    }

    /// The ticket was found.
    async fn finish(mut self, claimed: Claimed, found: Found, how: How) -> Result<Created, Error> {
        let ticket_id = found.ticket_id;
        let written = claimed.record(Outcome::Done { ticket_id }).await;
        written.map_err(|failure| self.unrecorded(failure, ticket_id))?;
        self.story.duplicates = found.duplicates;
        let end = Some(self.limit.end());
        self.fetch(ticket_id, how, end).await
    }

    /// The ticket exists, and the journal couldn't be told.
    fn unrecorded(&self, failure: JournalError, ticket_id: i64) -> Error {
        let error = Error::journal(failure).applied(ticket_id);
        error.after_attempts(self.story.attempts)
    }

    /// The ticket was there before anything was asked of the service.
    pub(super) async fn known(self, ticket_id: i64) -> Result<Created, Error> {
        let end = self.limit.strict_end();
        self.fetch(ticket_id, How::FoundBefore, end).await
    }

    /// Reads a ticket that is known to exist: as a later part of a call that
    /// ends then, or as the first one.
    async fn fetch(
        mut self,
        ticket_id: i64,
        how: How,
        part_until: Option<Instant>,
    ) -> Result<Created, Error> {
        self.story.how = how;
        let read = self
            .client
            .tickets()
            .get(ticket_id)
            .retry(self.retry.clone())
            .lane(self.lane)
            .part_until(part_until);
        match read.await {
            Ok(fetched) => Ok(fetched.into_created(self.story)),
            Err(error) => Err(error.applied(ticket_id).after_attempts(self.story.attempts)),
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
        let doubt = InDoubt::new(self.id.clone(), self.sent_at, self.story.look_ups);
        Error::unsettled(error, doubt).after_attempts(self.story.attempts)
    }
}
