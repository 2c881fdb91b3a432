//! The call that finds out what became of a ticket, without sending it.

use std::time::Duration;

use gorgias_api::operations::CREATE_TICKET;
use gorgias_runtime::support::{CallOptions, TimeLimit};
use gorgias_runtime::{Error, ExternalId, InDoubt, call_options};

use super::settle::{Search, Verdict};
use super::take::{Taken, take};
use super::{Claimed, Found, Resend, SettlePolicy};
use crate::client::Client;
use crate::journal::{Left, Outcome, Stage};
use crate::tickets::{Created, How, Pending, Story};

/// Finding out what became of the ticket of an external id, from
/// [`Tickets::settle`](crate::Tickets::settle).
#[derive(Debug)]
#[must_use = "nothing is asked until the call is awaited"]
pub struct Settle {
    client: Client,
    id: ExternalId,
    options: CallOptions,
    policy: Option<SettlePolicy>,
}

/// What became of a ticket.
#[derive(Debug)]
#[non_exhaustive]
pub enum Settled {
    /// It exists, and the journal knows by now.
    Found(Box<Created>),
    /// The service proved over the settle time that it doesn't exist, and the
    /// journal's key is free: the next call of `create_once` sends it.
    Freed,
    /// The service proved over the settle time that it doesn't exist, and the
    /// journal knows of no request for it.
    Absent,
}

impl Settle {
    pub(crate) fn new(client: Client, id: ExternalId) -> Self {
        Self {
            client,
            id,
            options: CallOptions::default(),
            policy: None,
        }
    }

    call_options!();

    /// Sets how long the ticket is looked for, and whether the key of one that
    /// is in doubt is freed, in place of the client's policy. Only
    /// [`Resend::AfterQuiet`] frees a key.
    pub fn settle(mut self, policy: SettlePolicy) -> Self {
        self.policy = Some(policy);
        self
    }

    async fn run(self) -> Result<Settled, Error> {
        let shared = self.client.shared();
        let policy = self.policy.clone().unwrap_or_else(|| shared.settle.clone());
        let mut limit = self
            .options
            .limit(&shared.connection, policy.settle_time())?;
        self.client.bind_journal().await?;
        let body = shared.journal.body(&self.id).await;
        let Some(body) = body.map_err(Error::journal)? else {
            return self.of_unknown(&policy, limit).await;
        };
        let (claimed, before) = match take(&self.client, &self.id, body, &limit).await? {
            Taken::Inherited(claimed, before) => (claimed, before),
            Taken::Done { ticket_id } => {
                return self.fetch(Found::alone(ticket_id), 0, limit).await;
            }
            // Nothing was ever sent for it.
            Taken::New(claimed) | Taken::Unsent(claimed) => {
                let forgotten = claimed.record(Outcome::NotApplied).await;
                forgotten.map_err(Error::journal)?;
                return self.of_unknown(&policy, limit).await;
            }
            Taken::OtherBody => return Err(Error::key_reused()),
        };
        limit.extend(before.may_run);
        let needed = match policy.resend {
            Resend::AfterQuiet(_) => policy.proof_before_resending(before, limit.end()),
            Resend::Never | Resend::Interrupted => None,
        };
        let settle_time = policy.settle_time();
        let mut search = self.search(&policy, Some(&claimed), limit);
        let verdict = search.until_quiet(Duration::ZERO, needed.unwrap_or(settle_time));
        let verdict = verdict.await;
        let (look_ups, failure) = (search.look_ups, search.failure.take());
        match verdict {
            Verdict::Found(found) => {
                let ticket_id = found.ticket_id;
                let written = claimed.record(Outcome::Done { ticket_id }).await;
                written.map_err(|failure| Error::journal(failure).applied(ticket_id))?;
                self.fetch(found, look_ups, limit).await
            }
            Verdict::Absent if needed.is_some() => {
                let written = claimed.record(Outcome::Freed).await;
                written.map_err(Error::journal)?;
                Ok(Settled::Freed)
            }
            Verdict::Absent | Verdict::OutOfTime => {
                claimed.leave();
                let error = self.in_doubt(look_ups, failure);
                Err(match before.left {
                    Left::Applied => error.exists(),
                    _ => error,
                })
            }
        }
    }

    /// Looks for a ticket of which the journal knows nothing.
    async fn of_unknown(&self, policy: &SettlePolicy, limit: TimeLimit) -> Result<Settled, Error> {
        let mut search = self.search(policy, None, limit);
        let settle_time = policy.settle_time();
        match search.until_quiet(Duration::ZERO, settle_time).await {
            Verdict::Found(found) => self.fetch(found, search.look_ups, limit).await,
            Verdict::Absent => Ok(Settled::Absent),
            Verdict::OutOfTime => {
                let failure = search.failure.take();
                Err(self.in_doubt(search.look_ups, failure))
            }
        }
    }

    fn search<'s>(
        &'s self,
        policy: &SettlePolicy,
        claimed: Option<&'s Claimed>,
        limit: TimeLimit,
    ) -> Search<'s> {
        Search {
            client: &self.client,
            id: &self.id,
            claimed,
            stage: Stage::Looking,
            policy: policy.clone(),
            retry: self.options.retry(&self.client.shared().connection),
            end: limit.end(),
            lane: self.options.lane,
            walk: true,
            look_ups: 0,
            failure: None,
        }
    }

    async fn fetch(&self, found: Found, look_ups: u32, limit: TimeLimit) -> Result<Settled, Error> {
        let read = self
            .client
            .tickets()
            .get(found.ticket_id)
            .retry(self.options.retry(&self.client.shared().connection))
            .lane(self.options.lane)
            .part_until(Some(limit.end()));
        let fetched = read.await;
        let fetched = fetched.map_err(|error| error.applied(found.ticket_id))?;
        let story = Story {
            how: How::FoundBefore,
            attempts: 0,
            look_ups,
            duplicates: found.duplicates,
        };
        Ok(Settled::Found(Box::new(fetched.into_created(story))))
    }

    fn in_doubt(&self, look_ups: u32, failure: Option<Error>) -> Error {
        let doubt = InDoubt::new(self.id.clone(), None, look_ups);
        Error::unsettled(None, doubt).after_look_up(failure)
    }
}

impl IntoFuture for Settle {
    type Output = Result<Settled, Error>;
    type IntoFuture = Pending<Settled>;

    fn into_future(self) -> Pending<Settled> {
        Box::pin(async {
            let id = self.id.clone();
            let settled = self.run().await;
            settled.map_err(|error| {
                let error = error.of(CREATE_TICKET.id(), CREATE_TICKET.effect());
                error.under(id)
            })
        })
    }
}
