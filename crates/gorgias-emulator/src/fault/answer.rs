//! The answers that a fault gives instead of the real one.

use ::http::{HeaderValue, StatusCode, header};
use bytes::Bytes;
use chrono::{DateTime, Utc};
use serde_json::json;

use crate::auth::Refusal;
use crate::http::answer::Answer;
use crate::http::envelope::{self, error};

/// The value of `Retry-After`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wait {
    None,
    Seconds(u32),
    /// An HTTP date, in seconds from now.
    Date(i64),
    Garbage,
}

/// A success with another body than it should have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Odd {
    Error,
    Empty,
    Maintenance,
    Job,
}

/// One answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Canned {
    TooMany(Wait),
    ServerError,
    BadGateway,
    Unavailable(Wait),
    GatewayTimeout,
    RequestTimeout,
    Unauthorized,
    Quota,
    Role,
    Firewall,
    Invalid,
    NotFound,
    NotFoundPage,
    WrongMethod,
    Conflict,
    TooLarge,
    WrongContentType,
    Merged,
    TemporaryRedirect,
    Portal,
    LoginPage,
    /// Another status that refuses the request.
    Refusal(u16),
    Odd(Odd),
}

impl Canned {
    /// Makes the answer. `retry_after` replaces the fault's own value.
    pub(super) fn answer(self, now: DateTime<Utc>, retry_after: Option<&HeaderValue>) -> Answer {
        let (mut answer, wait) = match self {
            Self::TooMany(wait) => (envelope::too_many(), wait),
            Self::Unavailable(wait) => (unavailable(), wait),
            other => (other.plain(), Wait::None),
        };
        let value = match retry_after {
            Some(value) => Some(value.clone()),
            None => wait.header(now),
        };
        if let Some(value) = value {
            answer.headers.insert(header::RETRY_AFTER, value);
        }
        answer
    }

    fn plain(self) -> Answer {
        match self {
            Self::TooMany(_) => envelope::too_many(),
            Self::Unavailable(_) => unavailable(),
            Self::ServerError => error(
                StatusCode::INTERNAL_SERVER_ERROR,
                "The service failed for a reason of its own.",
            ),
            Self::BadGateway => page(StatusCode::BAD_GATEWAY),
            Self::GatewayTimeout => page(StatusCode::GATEWAY_TIMEOUT),
            Self::RequestTimeout => page(StatusCode::REQUEST_TIMEOUT),
            Self::Unauthorized => envelope::unauthorized(Refusal::WrongToken),
            Self::Quota => envelope::quota_exceeded(),
            Self::Role => error(
                StatusCode::FORBIDDEN,
                // Recorded for a token without a scope; the name of the scope
                // was another.
                "You do not have enough permissions to perform this action. Missing scope: \
                 tickets:write.",
            ),
            Self::Firewall => page(StatusCode::FORBIDDEN),
            Self::Invalid => invalid(),
            Self::NotFound => envelope::no_such_resource(),
            Self::NotFoundPage => envelope::no_such_path(),
            Self::WrongMethod => envelope::wrong_method(&["GET"]),
            Self::Conflict => envelope::conflict(),
            Self::TooLarge => envelope::too_large(),
            Self::WrongContentType => envelope::wrong_content_type("application/json"),
            Self::Merged => redirect(
                error(StatusCode::MOVED_PERMANENTLY, "ticket_merged"),
                "/api/tickets/1/",
            ),
            Self::TemporaryRedirect => redirect(
                page(StatusCode::TEMPORARY_REDIRECT),
                "https://elsewhere.example/api/tickets",
            ),
            Self::Portal => Answer::new(
                StatusCode::CREATED,
                "text/html",
                Bytes::from_static(b"<!doctype html><title>Sign in to the network</title>\n"),
            ),
            Self::LoginPage => Answer::new(
                StatusCode::OK,
                "text/html",
                Bytes::from_static(b"<!doctype html><title>Log in</title>\n"),
            ),
            Self::Refusal(status) => error(
                StatusCode::from_u16(status).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY),
                "The request cannot be processed.",
            ),
            Self::Odd(odd) => odd.answer(),
        }
    }
}

impl Odd {
    fn answer(self) -> Answer {
        let body = match self {
            Self::Error => {
                return error(
                    StatusCode::OK,
                    "The service failed for a reason of its own.",
                );
            }
            Self::Empty => json!({}),
            Self::Maintenance => json!({ "status": "maintenance" }),
            Self::Job => {
                return Answer::json(StatusCode::ACCEPTED, &json!({ "job_id": "b7c2f0" }));
            }
        };
        Answer::json(StatusCode::OK, &body)
    }
}

impl Wait {
    fn header(self, now: DateTime<Utc>) -> Option<HeaderValue> {
        match self {
            Self::None => None,
            Self::Seconds(seconds) => Some(HeaderValue::from(seconds)),
            Self::Garbage => Some(HeaderValue::from_static("in a while")),
            Self::Date(seconds) => {
                let at = now.checked_add_signed(chrono::Duration::seconds(seconds))?;
                let date = at.format("%a, %d %b %Y %H:%M:%S GMT").to_string();
                HeaderValue::from_str(&date).ok()
            }
        }
    }
}

fn unavailable() -> Answer {
    error(
        StatusCode::SERVICE_UNAVAILABLE,
        "An external service had an issue.",
    )
}

/// The page of a gateway, which doesn't use the service's envelope.
fn page(status: StatusCode) -> Answer {
    let body = format!("<html><head><title>{status}</title></head><body>{status}</body></html>\n");
    Answer::new(status, "text/html; charset=UTF-8", body.into())
}

fn redirect(mut answer: Answer, to: &'static str) -> Answer {
    answer
        .headers
        .insert(header::LOCATION, HeaderValue::from_static(to));
    answer
}

/// An error body with field errors in every form that was seen or is likely.
fn invalid() -> Answer {
    let data = json!({
        "subject": ["Must be at most 998 characters long."],
        "status": "Must be one of: open, closed.",
        "messages": {
            "0": {"channel": ["Missing data for required field."]},
            "_schema": ["Must have at most 500 items."]
        },
        "customer": {"email": "Must be at most 320 characters long."}
    });
    let body = json!({ "error": { "msg": "Failed to create ticket", "data": data } });
    Answer::json(StatusCode::BAD_REQUEST, &body)
}
