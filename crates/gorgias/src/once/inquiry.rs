//! Finding out what became of something, without sending it.

use std::time::Duration;

use gorgias_runtime::support::{CallOptions, TimeLimit};
use gorgias_runtime::{Error, InDoubt};

use super::settle::{Search, Verdict};
use super::subject::{Made, Subject};
use super::take::{Taken, take};
use super::{Claimed, Resend, SettlePolicy};
use crate::evidence::Found;
use crate::journal::{Left, Outcome, Stage};
use crate::tickets::{Created, How, Story};

/// What became of something that was to be created: of a ticket, unless said
/// otherwise.
#[derive(Debug)]
#[non_exhaustive]
pub enum Settled<T = Created> {
    /// It exists, and the journal knows by now.
    Found(Box<T>),
    /// The service proved over the settle time that it doesn't exist, and the
    /// journal's key is free: the next call that is to create it sends it.
    Freed,
    /// The service proved over the settle time that it doesn't exist, and the
    /// journal knows of no request for it.
    Absent,
}

impl<T> Settled<T> {
    /// The same of something else that was found.
    pub(super) fn map<U>(self, of: impl FnOnce(T) -> U) -> Settled<U> {
        match self {
            Self::Found(found) => Settled::Found(Box::new(of(*found))),
            Self::Freed => Settled::Freed,
            Self::Absent => Settled::Absent,
        }
    }
}

/// One call that sends nothing.
pub(super) struct Inquiry<'a, S> {
    pub(super) subject: &'a S,
    pub(super) options: &'a CallOptions,
    pub(super) policy: SettlePolicy,
}

type Outcomes<S> = Settled<Made<<S as Subject>::Answer>>;

impl<'a, S: Subject> Inquiry<'a, S> {
    pub(super) fn new(
        subject: &'a S,
        options: &'a CallOptions,
        policy: Option<SettlePolicy>,
    ) -> Self {
        Self {
            subject,
            options,
            policy: policy.unwrap_or_else(|| subject.client().shared().settle.clone()),
        }
    }

    pub(super) async fn run(self) -> Result<Outcomes<S>, Error> {
        let (client, key) = (self.subject.client(), self.subject.key());
        let (shared, policy) = (client.shared(), &self.policy);
        let mut limit = self
            .options
            .limit(&shared.connection, policy.settle_time())?;
        client.bind_journal().await?;
        let body = shared.journal.body(key).await;
        let Some(body) = body.map_err(Error::journal)? else {
            return self.of_unknown(limit).await;
        };
        let (claimed, before) = match take(client, key, S::OPERATION, body, &limit).await? {
            Taken::Inherited(claimed, before) => (claimed, before),
            Taken::Done { id } => return self.fetch(Found::alone(id), 0, limit).await,
            // Nothing was ever sent for it.
            Taken::New(claimed) | Taken::Unsent(claimed) => {
                let forgotten = claimed.record(Outcome::NotApplied).await;
                forgotten.map_err(Error::journal)?;
                return self.of_unknown(limit).await;
            }
            Taken::OtherBody => return Err(Error::key_reused()),
        };
        limit.extend(before.may_run);
        let needed = match policy.resend {
            Resend::AfterQuiet(_) => policy.proof_before_resending(before, limit.end()),
            Resend::Never | Resend::Interrupted => None,
        };
        let settle_time = policy.settle_time();
        let mut search = self.search(Some(&claimed), limit);
        let verdict = search.until_quiet(Duration::ZERO, needed.unwrap_or(settle_time));
        let verdict = verdict.await;
        let (look_ups, failure) = (search.look_ups, search.failure.take());
        match verdict {
            Verdict::Found(found) => {
                let ticket_id = found.id;
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

    /// Looks for something of which the journal knows nothing.
    async fn of_unknown(&self, limit: TimeLimit) -> Result<Outcomes<S>, Error> {
        let mut search = self.search(None, limit);
        let settle_time = self.policy.settle_time();
        match search.until_quiet(Duration::ZERO, settle_time).await {
            Verdict::Found(found) => self.fetch(found, search.look_ups, limit).await,
            Verdict::Absent => Ok(Settled::Absent),
            Verdict::OutOfTime => {
                let failure = search.failure.take();
                Err(self.in_doubt(search.look_ups, failure))
            }
        }
    }

    fn search<'s>(&'s self, claimed: Option<&'s Claimed>, limit: TimeLimit) -> Search<'s, S> {
        let connection = &self.subject.client().shared().connection;
        Search {
            subject: self.subject,
            claimed,
            stage: Stage::Looking,
            policy: self.policy.clone(),
            retry: self.options.retry(connection),
            end: limit.end(),
            lane: self.options.lane,
            look_ups: 0,
            failure: None,
        }
    }

    async fn fetch(
        &self,
        found: Found,
        look_ups: u32,
        limit: TimeLimit,
    ) -> Result<Outcomes<S>, Error> {
        let options = CallOptions {
            timeout: None,
            part_until: Some(limit.end()),
            ..self.options.clone()
        };
        let read = self.subject.fetch(found.id, options).await;
        let (answer, metadata) = read.map_err(|error| error.applied(found.id))?;
        let story = Story {
            how: How::FoundBefore,
            attempts: 0,
            look_ups,
            duplicates: found.duplicates,
        };
        Ok(Settled::Found(Box::new(Made {
            answer,
            metadata,
            story,
        })))
    }

    fn in_doubt(&self, look_ups: u32, failure: Option<Error>) -> Error {
        let doubt = InDoubt::new(self.subject.id().clone(), None, look_ups);
        Error::unsettled(None, doubt).after_look_up(failure)
    }
}
