//! One exchange from request to response: route, authenticate, limit, check,
//! answer, log.

use std::time::Duration;

use ::http::{HeaderName, HeaderValue, Request, Response, StatusCode, header};
use bytes::Bytes;

use crate::auth;
use crate::document::{BadBody, Found, Operation, Violation};
use crate::http::answer::Answer;
use crate::http::{envelope, query};
use crate::limit::Verdict;
use crate::log::Exchange;
use crate::routes::{self, Call};
use crate::shared::Shared;
use crate::strictness::ExternalIdMatch;
use crate::timestamp::Timestamp;

const CALL_LIMIT: HeaderName = HeaderName::from_static("x-gorgias-account-api-call-limit");
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// How a request reaches the account.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Delivery {
    /// It is not applied at once.
    pub(crate) late: Option<Late>,
    /// Its ticket is listed this long after it was created.
    pub(crate) visibility_lag: Duration,
    /// It arrives twice.
    pub(crate) twice: bool,
    /// The list's filter compares external ids so, not as it otherwise would.
    pub(crate) matching: Option<ExternalIdMatch>,
}

/// When a request is applied that is not applied at once.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Late {
    /// This long after it arrived.
    After(Duration),
    /// When the rule of this number is taken back.
    WhenOver(u64),
}

/// An answer and the level it reports.
pub(crate) struct Answered {
    pub(crate) answer: Answer,
    verdict: Option<Verdict>,
}

impl Answered {
    /// Another answer to the same request. What is told that the limit is
    /// reached is also told a level to match.
    pub(crate) fn replaced(self, answer: Answer) -> Self {
        let mut verdict = self.verdict;
        if let Some(verdict) = &mut verdict
            && answer.status == StatusCode::TOO_MANY_REQUESTS
        {
            verdict.used = verdict.limit;
        }
        let ticket_id = self.answer.ticket_id;
        Self {
            answer: Answer {
                ticket_id,
                ..answer
            },
            verdict,
        }
    }

    /// The answer changed, if it is a success.
    pub(crate) fn changed(mut self, change: impl FnOnce(&mut Answer)) -> Self {
        if self.answer.status.is_success() {
            change(&mut self.answer);
        }
        self
    }
}

/// Answers a request and writes it to the log.
pub(crate) fn run(shared: &Shared, request: &Request<Bytes>) -> Response<Bytes> {
    let answered = answer(shared, request, Delivery::default());
    finish(shared, request, answered, None)
}

/// Lets the request have its effect.
pub(crate) fn answer(shared: &Shared, request: &Request<Bytes>, delivery: Delivery) -> Answered {
    let now: Timestamp = shared.clock.now().into();
    let found = shared.document.find(request.method(), request.uri().path());
    let (answer, verdict) = decide(shared, request, &found, now, delivery);
    let answer = match &found {
        Found::Operation { operation, .. } if delivery.late.is_none() => checked(operation, answer),
        _ => answer,
    };
    Answered { answer, verdict }
}

/// An answer to a request that never reached the account.
pub(crate) fn unapplied(shared: &Shared, answer: Answer) -> Answered {
    let now: Timestamp = shared.clock.now().into();
    let verdict = shared.limited(|limiter| limiter.level(now));
    Answered { answer, verdict }
}

/// A path or method that is not there is answered to anybody. Everybody who is
/// let in uses the budget, whatever the answer.
fn decide(
    shared: &Shared,
    request: &Request<Bytes>,
    found: &Found<'_>,
    now: Timestamp,
    delivery: Delivery,
) -> (Answer, Option<Verdict>) {
    let identity = shared.accounts.authenticate(request.headers());
    let verdict = shared.limited(|limiter| match &identity {
        Ok(_) => limiter.call(now),
        Err(_) => limiter.level(now),
    });
    let answer = match (found, identity, verdict) {
        (Found::Nothing, ..) => envelope::no_such_path(),
        (Found::WrongMethod(allowed), ..) => envelope::wrong_method(allowed),
        (_, Err(refusal), _) => envelope::unauthorized(refusal),
        (
            _,
            _,
            Some(Verdict {
                retry_after: Some(wait),
                ..
            }),
        ) => envelope::rate_limited(wait),
        (Found::Operation { operation, path }, Ok(identity), _) => {
            let pairs = query::parse(request.uri().query().unwrap_or_default());
            let path: Vec<(String, String)> = path
                .iter()
                .map(|(name, text)| (name.clone(), query::decode(text, false)))
                .collect();
            let headers = request.headers();
            match operation.read_parameters(&pairs, &path, headers) {
                Err(violations) => invalid_parameters(shared, operation, &violations),
                Ok(_) if request.body().len() > shared.max_body => envelope::too_large(),
                Ok(values) => match shared
                    .document
                    .read_body(operation, headers, request.body())
                {
                    Err(bad) => bad_body(shared, operation, bad),
                    Ok(body) => routes::answer(
                        shared,
                        Call {
                            request,
                            operation,
                            values,
                            body,
                            identity,
                            now,
                            delivery,
                        },
                    ),
                },
            }
        }
    };
    (answer, verdict)
}

fn bad_body(shared: &Shared, operation: &Operation, bad: BadBody) -> Answer {
    match bad {
        BadBody::ContentType(kinds) => envelope::wrong_content_type(&kinds.join(" or ")),
        BadBody::Malformed => envelope::malformed(),
        BadBody::Invalid(violations, _) => {
            let message = routes::failure(&operation.id);
            envelope::invalid(&message, &violations, shared.strictness.error_data)
        }
    }
}

/// The message names the first parameter, as the service's was seen to do.
fn invalid_parameters(shared: &Shared, operation: &Operation, violations: &[Violation]) -> Answer {
    let message = match violations.first() {
        Some(first) => format!("{}: {}", first.path.join("."), first.message),
        None => routes::failure(&operation.id),
    };
    envelope::invalid(&message, violations, shared.strictness.error_data)
}

/// In debug builds, replaces an answer the document does not allow by a 500
/// that says so, so that every test would notice.
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

/// Adds the headers every answer has, and logs.
pub(crate) fn finish(
    shared: &Shared,
    request: &Request<Bytes>,
    answered: Answered,
    fault: Option<&'static str>,
) -> Response<Bytes> {
    let Answered { answer, verdict } = answered;
    let request_id = shared.next_request_id();
    let mut response = Response::new(answer.body);
    *response.status_mut() = answer.status;
    *response.headers_mut() = answer.headers;
    if let Ok(value) = HeaderValue::from_str(&request_id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    let level = verdict.map(|verdict| (verdict.used, verdict.limit));
    if let Some((used, limit)) = level
        && let Ok(value) = HeaderValue::from_str(&format!("{used}/{limit}"))
    {
        response.headers_mut().insert(CALL_LIMIT, value);
    }
    let entry = Entry {
        status: Some(answer.status),
        request_id: Some(request_id),
        rate_limit: level,
        ticket_id: answer.ticket_id,
        fault,
    };
    log(shared, request, entry);
    response
}

/// Logs an exchange of which the client sees no answer.
pub(crate) fn log_lost(
    shared: &Shared,
    request: &Request<Bytes>,
    ticket_id: Option<i64>,
    fault: Option<&'static str>,
) {
    let entry = Entry {
        ticket_id,
        fault,
        ..Entry::default()
    };
    log(shared, request, entry);
}

/// What the log has beside the request.
#[derive(Default)]
struct Entry {
    status: Option<StatusCode>,
    request_id: Option<String>,
    rate_limit: Option<(u32, u32)>,
    ticket_id: Option<i64>,
    fault: Option<&'static str>,
}

fn log(shared: &Shared, request: &Request<Bytes>, entry: Entry) {
    let user_agent = request
        .headers()
        .get(header::USER_AGENT)
        .and_then(|value| value.to_str().ok());
    let path = request.uri().path_and_query();
    let mut log = shared.log();
    let exchange = Exchange {
        time: shared.clock.now(),
        status: entry.status,
        method: request.method().clone(),
        path: path.map_or_else(String::new, |path| path.as_str().to_owned()),
        user_agent: user_agent.map(|agent| log.share(agent)),
        auth: auth::logged(request.headers()),
        request_id: entry.request_id,
        rate_limit: entry.rate_limit,
        ticket_id: entry.ticket_id,
        fault: entry.fault,
    };
    if let Some(hook) = &shared.hook {
        hook(&exchange);
    }
    log.push(exchange);
}
