//! The admin interface: commands to the emulator itself, such as adding a fault, as
//! HTTP requests on a separate port, below `/_emulator`.

use ::http::{Method, Request, StatusCode};
use bytes::Bytes;
use serde_json::{Value, json};

use crate::emulator::Emulator;
use crate::fault::{ActiveFault, FaultId, FaultInfo, FaultRule, Fidelity, catalogue};
use crate::http::answer::Answer;
use crate::http::envelope::{self, error};
use crate::log::Exchange;

/// Answers one command.
pub(crate) fn answer(emulator: &Emulator, request: &Request<Bytes>) -> Answer {
    let Some(path) = request.uri().path().strip_prefix("/_emulator/") else {
        return envelope::no_such_resource();
    };
    let list = |items: Vec<Value>| Answer::json(StatusCode::OK, &items);
    match (request.method(), path) {
        (&Method::GET, "catalogue") => list(catalogue().map(info).collect()),
        (&Method::GET, "faults") => list(emulator.faults().iter().map(fault).collect()),
        (&Method::POST, "faults") => add(emulator, request.body()),
        (&Method::DELETE, "faults") => {
            emulator.clear_faults();
            no_content()
        }
        (&Method::DELETE, path) => match path.strip_prefix("faults/").map(str::parse) {
            Some(Ok(id)) if emulator.remove_fault(FaultId(id)) => no_content(),
            _ => envelope::no_such_resource(),
        },
        (&Method::GET, "state") => Answer::json(StatusCode::OK, &emulator.dump()),
        (&Method::POST, "state") => load(emulator, request.body()),
        (&Method::GET, "requests") => list(emulator.requests().iter().map(exchange).collect()),
        _ => envelope::no_such_resource(),
    }
}

/// Adds fault rules, one per line. If one of them is wrong, none is added.
fn add(emulator: &Emulator, body: &[u8]) -> Answer {
    let Ok(text) = std::str::from_utf8(body) else {
        return error(StatusCode::BAD_REQUEST, "The rules are not text.");
    };
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let rules: Result<Vec<FaultRule>, _> = lines
        .map(|line| line.parse::<FaultRule>().map_err(|problem| (line, problem)))
        .collect();
    match rules {
        Ok(rules) => {
            let ids = rules.into_iter().map(|rule| emulator.inject(rule).0);
            Answer::json(StatusCode::CREATED, &ids.collect::<Vec<u64>>())
        }
        Err((line, problem)) => {
            let cause = std::error::Error::source(&problem);
            let cause = cause.map_or_else(String::new, |cause| format!(": {cause}"));
            let message = format!("{line}: {problem}{cause}.");
            error(StatusCode::BAD_REQUEST, &message)
        }
    }
}

/// Adds tickets and other resources to the account, all or none.
fn load(emulator: &Emulator, body: &[u8]) -> Answer {
    let loaded = serde_json::from_slice(body)
        .map_err(|problem| format!("The state is not JSON: {problem}."))
        .and_then(|data| emulator.load(data).map_err(|error| format!("{error}.")));
    match loaded {
        Ok(tickets) => Answer::json(StatusCode::CREATED, &json!({ "tickets": tickets })),
        Err(message) => error(StatusCode::BAD_REQUEST, &message),
    }
}

fn no_content() -> Answer {
    let mut answer = Answer::new(StatusCode::NO_CONTENT, "text/plain", Bytes::new());
    answer.headers.clear();
    answer
}

fn info(info: &FaultInfo) -> Value {
    let difference = match info.fidelity() {
        Fidelity::Faithful => None,
        Fidelity::Approximation(how) => Some(how),
    };
    json!({
        "id": info.id(),
        "name": info.name(),
        "summary": info.summary(),
        "faithful": difference.is_none(),
        "difference": difference,
        "ambiguous": info.is_ambiguous(),
    })
}

fn fault(active: &ActiveFault) -> Value {
    json!({
        "id": active.id.0,
        "rule": active.rule.to_string(),
        "seen": active.seen,
        "happened": active.happened,
    })
}

fn exchange(exchange: &Exchange) -> Value {
    json!({
        "time": exchange.time.to_rfc3339(),
        "status": exchange.status.map(|status| status.as_u16()),
        "method": exchange.method.as_str(),
        "path": exchange.path,
        "operation": exchange.operation,
        "user_agent": exchange.user_agent.as_deref(),
        "request_id": exchange.request_id,
        "ticket_id": exchange.ticket_id,
        "fault": exchange.fault,
    })
}
