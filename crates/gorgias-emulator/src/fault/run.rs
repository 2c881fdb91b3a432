//! Runs an exchange with a fault.

use std::io;
use std::time::Duration;

use ::http::{Request, Response, StatusCode};
use bytes::Bytes;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep;

use super::connect::Connect;
use super::faults::Faults;
use super::info::{Action, Applied};
use super::spec::Fault;
use super::wire::{Plan, Wire};
use crate::account::{Account, Answered, Delivery, Late};
use crate::disconnect::Disconnect;
use crate::http::answer::Answer;

/// How an exchange ended.
#[derive(Debug)]
pub(crate) enum Outcome {
    Response(Response<Bytes>),
    /// A whole response, after which a connection ends.
    Closing {
        response: Response<Bytes>,
        plan: Plan,
    },
    /// No whole response.
    Lost {
        disconnect: Disconnect,
        /// The time after which a client in process gets the error.
        after: Duration,
        /// The bytes and the end of a connection; its delays include that time.
        plan: Option<Plan>,
    },
}

impl Action {
    pub(super) fn needs_reuse(self) -> bool {
        self == Self::Wire(Wire::CutReused)
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
) -> Outcome {
    sleep(fault.latency).await;
    let outcome = happen(account, faults, request, &fault).await;
    sleep(fault.response_latency).await;
    outcome
}

async fn happen(
    account: &Account,
    faults: &Faults,
    request: &Request<Bytes>,
    fault: &Fault,
) -> Outcome {
    let deliver = || deliver(account, faults, request, fault);
    let name = fault.info.map(|info| info.id);
    let hold = fault.hold_time();
    let whole = |answered: Answered| Outcome::Response(account.finish(request, answered, name));
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
            Outcome::Lost {
                disconnect: connect.disconnect(),
                after: if connect.stalls() {
                    hold
                } else {
                    Duration::ZERO
                },
                plan: None,
            }
        }
        Action::Slow => {
            let answered = deliver();
            sleep(hold).await;
            whole(answered)
        }
        Action::Answer(canned) => {
            let now = account.clock.now();
            let answer = canned.answer(now, fault.retry_after.as_ref());
            whole(deliver().replaced(answer))
        }
        Action::Success(change) => whole(deliver().changed(|answer| change.apply(answer))),
        Action::Payload(drift) => whole(deliver().changed(|answer| drift.apply(answer))),
        Action::List(listing) => whole(deliver().changed(|answer| listing.apply(answer, request))),
        Action::Wire(wire) => {
            let answered = deliver();
            if wire.needs_success() && !answered.answer.status.is_success() {
                return whole(answered);
            }
            lose(account, request, wire, answered, hold, name)
        }
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
) -> Outcome {
    let ticket_id = answered.answer.ticket_id;
    if !wire.needs_success() {
        // The client doesn't even get the status.
        account.log_lost(request, ticket_id, name);
        let nothing = Response::new(Bytes::new());
        return lost(wire, nothing, hold);
    }
    let response = account.finish(request, answered, name);
    lost(wire, response, hold)
}

fn lost(wire: Wire, response: Response<Bytes>, hold: Duration) -> Outcome {
    match wire.disconnect(&response) {
        Some((disconnect, waits)) => Outcome::Lost {
            disconnect,
            after: if waits { hold } else { Duration::ZERO },
            plan: Some(wire.plan(&response, hold)),
        },
        // The fault changes only the connection.
        None => Outcome::Closing {
            plan: wire.plan(&response, hold),
            response,
        },
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
    let script = faults.script();
    let late = match (fault.fate(), fault.rule) {
        (Applied::Never, _) => {
            let nothing = Answer::new(StatusCode::OK, "text/plain", Bytes::new());
            return account.unapplied(nothing);
        }
        (Applied::AtOnce, _) => None,
        (Applied::After(time), _) => Some(Late::After(time)),
        (Applied::WhenOver, Some(rule)) if script.has(rule) => Some(Late::WhenOver(rule.0)),
        (Applied::WhenOver, _) => Some(Late::After(Duration::ZERO)),
    };
    let matching = fault.info.and_then(|info| match info.action {
        Action::List(listing) => listing.matching(),
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

/// A fault of a connection or of the port, before a request.
#[derive(Debug)]
pub(crate) struct AtConnect {
    connect: Connect,
    latency: Duration,
    hold: Duration,
}

impl AtConnect {
    /// Returns `None` for a fault that happens later.
    pub(crate) fn new(fault: &Fault) -> Option<Self> {
        match fault.info?.action {
            Action::Connect(connect) => Some(Self {
                connect,
                latency: fault.latency,
                hold: fault.hold_time(),
            }),
            _ => None,
        }
    }

    pub(crate) async fn run(self, stream: TcpStream) -> io::Result<()> {
        sleep(self.latency).await;
        self.connect.run(stream, self.hold).await
    }

    pub(crate) async fn run_at_port(self, listener: TcpListener) -> io::Result<TcpListener> {
        self.connect.run_at_port(listener, self.hold).await
    }
}
