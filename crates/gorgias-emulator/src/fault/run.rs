//! Runs an exchange with a fault: applies the request as the fault says, then
//! changes, delays or loses the answer.

use std::time::Duration;

use ::http::{Request, Response, StatusCode, header};
use bytes::Bytes;
use tokio::time::sleep;

use super::connect::Connect;
use super::faults::Faults;
use super::info::{Action, Applied};
use super::settings::Fault;
use super::wire::Plan;
use super::{list, payload};
use crate::account::{Account, Answered, Delivery, Late};
use crate::disconnect::Disconnect;
use crate::http::answer::Answer;

/// How an exchange ends.
#[derive(Debug)]
pub(crate) struct Ending {
    /// The response or error for a client in process.
    pub(crate) result: Result<Response<Bytes>, Disconnect>,
    /// The fault's hold time, after which a client that waits gives up.
    pub(crate) hold: Duration,
    /// The bytes to write to a connection and how it ends, if the client doesn't get a
    /// usual response. The plan waits for the hold time itself.
    pub(crate) plan: Option<Plan>,
}

/// Runs an exchange with a fault. When the future is dropped during the fault's
/// latency, the request has no effect; after that, it has the effect that the
/// fault sets.
pub(crate) async fn run(
    account: &Account,
    faults: &Faults,
    request: &Request<Bytes>,
    fault: Fault,
) -> Ending {
    sleep(fault.latency).await;
    let (result, plan) = exchange(account, faults, request, &fault).await;
    sleep(fault.response_latency).await;
    let hold = fault.hold_time();
    Ending { result, hold, plan }
}

async fn exchange(
    account: &Account,
    faults: &Faults,
    request: &Request<Bytes>,
    fault: &Fault,
) -> (Result<Response<Bytes>, Disconnect>, Option<Plan>) {
    let deliver = || deliver(account, faults, request, fault);
    let name = fault.info.map(|info| info.id);
    let whole = |answered: Answered| (Ok(account.finish(request, answered, name)), None);
    let Some(action) = fault.info.map(|info| info.action) else {
        return whole(deliver());
    };
    match action {
        Action::Connect(Connect::TooLarge) => {
            let answer = crate::http::envelope::too_large();
            whole(account.unapplied(answer))
        }
        Action::Connect(connect) => {
            account.log_lost(request, None, name);
            (Err(connect.disconnect()), None)
        }
        Action::Slow => {
            let answered = deliver();
            sleep(fault.hold_time()).await;
            whole(answered)
        }
        Action::Answer(answer, wait) => {
            let mut answer = answer();
            let own = || wait.header(account.settings.clock.now());
            if let Some(value) = fault.retry_after.clone().or_else(own) {
                answer.headers.insert(header::RETRY_AFTER, value);
            }
            whole(deliver().replaced(answer))
        }
        Action::Success(change) => whole(deliver().changed(change)),
        Action::Ticket(change) => whole(deliver().changed(|answer| payload::edit(answer, change))),
        Action::List(change) => {
            whole(deliver().changed(|answer| list::change(answer, request, change)))
        }
        Action::Filter(_) => whole(deliver()),
        Action::Wire(wire) => {
            let answered = deliver();
            let response = if wire.needs_success() {
                let is_success = answered.answer.status.is_success();
                let response = account.finish(request, answered, name);
                if !is_success {
                    return (Ok(response), None);
                }
                response
            } else {
                // The client doesn't even get the status.
                account.log_lost(request, answered.answer.ticket_id, name);
                Response::new(Bytes::new())
            };
            let (result, plan) = wire.end(response, fault.hold_time());
            (result, Some(plan))
        }
    }
}

/// Applies the request as the fault says.
fn deliver(
    account: &Account,
    faults: &Faults,
    request: &Request<Bytes>,
    fault: &Fault,
) -> Answered {
    // The lock is held, so that the rule can't be removed before a write that waits for
    // the end of the rule is stored.
    let rules = faults.rules();
    let late = match (fault.outcome(), fault.rule) {
        (Applied::Never, _) => {
            let nothing = Answer::new(StatusCode::OK, "text/plain", Bytes::new());
            return account.unapplied(nothing);
        }
        (Applied::AtOnce, _) => None,
        (Applied::After(time), _) => Some(Late::After(time)),
        (Applied::WhenOver, Some(rule)) if rules.has(rule) => Some(Late::WhenOver(rule.0)),
        (Applied::WhenOver, _) => Some(Late::After(Duration::ZERO)),
    };
    let matching = fault.info.and_then(|info| match info.action {
        Action::Filter(matching) => Some(matching),
        _ => None,
    });
    let delivery = Delivery {
        late,
        visibility_lag: fault.visibility_lag,
        twice: fault.twice,
        matching,
    };
    account.answer(request, delivery)
}
