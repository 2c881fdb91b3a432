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
use super::wire::{Plan, Wire};
use super::{list, payload};
use crate::account::{Account, Answered, Delivery, Late};
use crate::disconnect::{Disconnect, DisconnectKind};
use crate::http::answer::Answer;

/// How an exchange ends.
#[derive(Debug)]
pub(crate) struct Ending {
    /// What a client in process gets.
    pub(crate) result: Result<Response<Bytes>, Disconnect>,
    /// The time after which a client in process gets it.
    pub(crate) after: Duration,
    /// The bytes and the end of a connection, if it doesn't just get a
    /// response. Its delays include that time.
    pub(crate) plan: Option<Plan>,
}

impl Ending {
    fn of_wire(wire: Wire, response: Response<Bytes>, hold: Duration) -> Self {
        let (result, plan) = wire.end(response, hold);
        Self::new(result, hold, Some(plan))
    }

    /// A client that times out does so after the fault's hold time.
    fn new(
        result: Result<Response<Bytes>, Disconnect>,
        hold: Duration,
        plan: Option<Plan>,
    ) -> Self {
        let stalls = |lost: &Disconnect| lost.kind() == DisconnectKind::TimedOut;
        let after = match &result {
            Err(lost) if stalls(lost) => hold,
            _ => Duration::ZERO,
        };
        Self {
            result,
            after,
            plan,
        }
    }
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
    let ending = happen(account, faults, request, &fault).await;
    sleep(fault.response_latency).await;
    ending
}

async fn happen(
    account: &Account,
    faults: &Faults,
    request: &Request<Bytes>,
    fault: &Fault,
) -> Ending {
    let deliver = || deliver(account, faults, request, fault);
    let name = fault.info.map(|info| info.id);
    let hold = fault.hold_time();
    let whole = |answered: Answered| {
        let response = account.finish(request, answered, name);
        Ending::new(Ok(response), hold, None)
    };
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
            Ending::new(Err(connect.disconnect()), hold, None)
        }
        Action::Slow => {
            let answered = deliver();
            sleep(hold).await;
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
        Action::Wire(wire) => lose(account, request, wire, deliver(), hold, name),
    }
}

/// Cuts the answer, or drops it.
fn lose(
    account: &Account,
    request: &Request<Bytes>,
    wire: Wire,
    answered: Answered,
    hold: Duration,
    name: Option<&'static str>,
) -> Ending {
    if !wire.needs_success() {
        // The client doesn't even get the status.
        account.log_lost(request, answered.answer.ticket_id, name);
        return Ending::of_wire(wire, Response::new(Bytes::new()), hold);
    }
    let is_success = answered.answer.status.is_success();
    let response = account.finish(request, answered, name);
    match is_success {
        true => Ending::of_wire(wire, response, hold),
        false => Ending::new(Ok(response), hold, None),
    }
}

/// Applies the request as the fault says.
fn deliver(
    account: &Account,
    faults: &Faults,
    request: &Request<Bytes>,
    fault: &Fault,
) -> Answered {
    // The lock is held, so that the rule can't be removed before a write that
    // waits for its end is stored.
    let rules = faults.rules();
    let late = match (fault.fate(), fault.rule) {
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
