//! One account: its state, and how it answers a request.
//!
//! `check` routes, authenticates, limits and checks a request. The handler of the
//! operation, in `routes`, applies the request at once, or `pending` keeps it for later.
//! `record` adds headers to the answer and logs the exchange.

mod check;
mod pending;
mod record;
#[cfg(test)]
mod tests;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ::http::{Request, StatusCode};
use bytes::Bytes;

use self::pending::Queue;
use crate::auth::Accounts;
use crate::clock::Clock;
use crate::document::{Document, Operation};
use crate::http::answer::Answer;
use crate::http::envelope;
use crate::ids::RequestIds;
use crate::limit::{Decision, Limiter};
use crate::log::{Exchange, ExchangeLog};
use crate::routes::Call;
use crate::store::{Refused, Store};
use crate::strictness::{ExternalIdMatch, Strictness};
use crate::timestamp::Timestamp;

pub(crate) use pending::Late;

/// A function that is called with each exchange.
pub(crate) type Hook = Arc<dyn Fn(&Exchange) + Send + Sync>;

/// How a fault changes the delivery of a request to the account.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Delivery {
    /// When a write is applied, if not at once.
    pub(crate) late: Option<Late>,
    /// The time from the creation of a ticket or message until lists show it.
    pub(crate) visibility_lag: std::time::Duration,
    /// Whether the request arrives twice.
    pub(crate) twice: bool,
    /// How the filter of a list compares external ids, if not as `Strictness` says.
    pub(crate) matching: Option<ExternalIdMatch>,
}

/// An answer, and the use of the rate limit that it reports.
pub(crate) struct Answered {
    pub(crate) answer: Answer,
    decision: Option<Decision>,
}

impl Answered {
    /// Replaces the answer. A 429 reports that the whole limit is used.
    pub(crate) fn replaced(mut self, mut answer: Answer) -> Self {
        if let Some(decision) = &mut self.decision
            && answer.status == StatusCode::TOO_MANY_REQUESTS
        {
            decision.used = decision.limit;
        }
        answer.ticket_id = self.answer.ticket_id;
        self.answer = answer;
        self
    }

    /// Changes the answer, if it is a success.
    pub(crate) fn changed(mut self, change: impl FnOnce(&mut Answer)) -> Self {
        if self.answer.status.is_success() {
            change(&mut self.answer);
        }
        self
    }
}

/// The settings of an account, which never change.
pub(crate) struct Settings {
    pub(crate) document: Arc<Document>,
    pub(crate) clock: Clock,
    pub(crate) accounts: Accounts,
    pub(crate) strictness: Strictness,
    pub(crate) max_body: usize,
    pub(crate) hook: Option<Hook>,
}

/// One account. Each part of its state has a lock of its own.
pub(crate) struct Account {
    pub(crate) settings: Settings,
    state: Mutex<State>,
    limiter: Mutex<Option<Limiter>>,
    request_ids: Mutex<RequestIds>,
    log: Mutex<ExchangeLog>,
}

/// The state that requests change.
pub(crate) struct State {
    pub(crate) store: Store,
    queue: Queue,
}

/// Locks a mutex, even a poisoned one. No change can panic half-way, so the
/// state is consistent.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Account {
    pub(crate) fn new(
        settings: Settings,
        store: Store,
        limiter: Option<Limiter>,
        seed: u64,
        log_capacity: usize,
    ) -> Self {
        let queue = Queue::default();
        Self {
            settings,
            state: Mutex::new(State { store, queue }),
            limiter: Mutex::new(limiter),
            request_ids: Mutex::new(RequestIds::new(seed)),
            log: Mutex::new(ExchangeLog::new(log_capacity)),
        }
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.settings.clock.now().into()
    }

    /// Locks the state, after applying the writes that are due.
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        let mut state = lock(&self.state);
        state.settle(self.now());
        state
    }

    /// Applies the writes that wait for the end of this rule, or with `None` those that
    /// wait for the end of any rule.
    pub(crate) fn release(&self, rule: Option<u64>) {
        let now = self.now();
        let mut state = self.state();
        state.queue.release(rule, now);
        state.settle(now);
    }

    /// Returns the number of writes that are not applied yet.
    pub(crate) fn pending_count(&self) -> usize {
        self.state().queue.len()
    }

    /// Checks a request, applies it and returns the answer.
    pub(crate) fn answer(&self, request: &Request<Bytes>, delivery: Delivery) -> Answered {
        let (checked, decision) = self.check(request, delivery);
        let answer = match checked {
            Ok((operation, call)) => self.deliver(operation, call, delivery),
            Err(answer) => *answer,
        };
        Answered { answer, decision }
    }

    /// Applies a call now or later, once or twice.
    fn deliver(&self, operation: &Operation, call: Call, delivery: Delivery) -> Answer {
        let mut state = self.state();
        if let Some(late) = delivery.late.filter(|_| !operation.is_read) {
            if delivery.twice {
                state.queue.postpone(late, call.clone());
            }
            state.queue.postpone(late, call);
            // A fault that delays a write also keeps this answer from the
            // client.
            return Answer::new(StatusCode::ACCEPTED, "text/plain", Bytes::new());
        }
        let outcome = call.apply(&mut state.store);
        if delivery.twice {
            // The client gets the answer to the first delivery.
            let _ = call.apply(&mut state.store);
        }
        match outcome {
            Ok(mut answer) => {
                answer.status = operation.success;
                let named = call.number("ticket_id");
                answer.ticket_id = answer.ticket_id.or(named);
                checked(operation, answer)
            }
            Err(refused) => self.refusal(operation, refused),
        }
    }

    fn refusal(&self, operation: &Operation, refused: Refused) -> Answer {
        match refused {
            Refused::NotFound => envelope::no_such_resource(),
            Refused::Conflict => envelope::conflict(),
            Refused::Quota => envelope::quota_exceeded(),
            Refused::Invalid(violations) => self.invalid(operation, &violations),
        }
    }

    /// Completes the answer to a request that doesn't reach the account, with the current
    /// use of the rate limit. The request isn't counted.
    pub(crate) fn unapplied(&self, answer: Answer) -> Answered {
        let now = self.now();
        let decision = self.limited(|limiter| limiter.level(now));
        Answered { answer, decision }
    }

    /// Calls the limiter, if there is one.
    fn limited(&self, ask: impl FnOnce(&mut Limiter) -> Decision) -> Option<Decision> {
        lock(&self.limiter).as_mut().map(ask)
    }
}

/// In debug builds, replaces an answer that the document doesn't allow with a
/// 500, so that every test notices.
fn checked(operation: &Operation, answer: Answer) -> Answer {
    if !cfg!(debug_assertions) || !answer.is_json() {
        return answer;
    }
    let Ok(body) = serde_json::from_slice(&answer.body) else {
        return answer;
    };
    let violations = operation.check_response(answer.status, &body);
    if violations.is_empty() {
        return answer;
    }
    envelope::undocumented_answer(&operation.id, &violations)
}
