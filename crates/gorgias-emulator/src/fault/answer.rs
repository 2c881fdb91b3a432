//! The answers that a fault gives instead of the real one.

use ::http::{HeaderValue, StatusCode, header};
use bytes::Bytes;
use chrono::{DateTime, Utc};
use serde_json::json;

use crate::http::answer::Answer;
use crate::http::envelope::error;

/// The value of `Retry-After`.
#[derive(Clone, Copy, Debug)]
pub(super) enum Wait {
    None,
    Seconds(u32),
    /// The HTTP date this many seconds from now.
    Date(i64),
    Garbage,
}

impl Wait {
    pub(super) fn header(self, now: DateTime<Utc>) -> Option<HeaderValue> {
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

pub(super) fn failed(status: StatusCode) -> Answer {
    error(status, "The service failed for a reason of its own.")
}

pub(super) fn unavailable() -> Answer {
    error(
        StatusCode::SERVICE_UNAVAILABLE,
        "An external service had an issue.",
    )
}

/// The HTML page of a gateway, which doesn't use the service's envelope.
pub(super) fn page(status: StatusCode) -> Answer {
    let body = format!("<html><head><title>{status}</title></head><body>{status}</body></html>\n");
    Answer::new(status, "text/html; charset=UTF-8", body.into())
}

/// The answer recorded from the service for a token that lacked a scope. The recorded
/// answer named another scope.
pub(super) fn missing_scope() -> Answer {
    error(
        StatusCode::FORBIDDEN,
        "You do not have enough permissions to perform this action. Missing scope: tickets:write.",
    )
}

/// A refusal whose message gives no reason.
pub(super) fn refusal(status: StatusCode) -> Answer {
    error(status, "The request cannot be processed.")
}

pub(super) fn merged() -> Answer {
    let answer = error(StatusCode::MOVED_PERMANENTLY, "ticket_merged");
    redirect(answer, "/api/tickets/1/")
}

pub(super) fn other_host() -> Answer {
    let answer = page(StatusCode::TEMPORARY_REDIRECT);
    redirect(answer, "https://elsewhere.example/api/tickets")
}

fn redirect(mut answer: Answer, to: &'static str) -> Answer {
    answer
        .headers
        .insert(header::LOCATION, HeaderValue::from_static(to));
    answer
}

pub(super) fn html(status: StatusCode, body: &'static str) -> Answer {
    Answer::new(status, "text/html", Bytes::from_static(body.as_bytes()))
}

/// An error body with field errors in every form that was seen or is likely.
pub(super) fn invalid() -> Answer {
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
