//! The error of every call. `build` creates errors, `display` and `outcome` write
//! their text, `kind` lists the kinds of errors, `reply` and `envelope` hold the
//! service's answer, and `field_error` reads the answer's errors about single
//! fields.

mod build;
mod display;
mod envelope;
mod field_error;
mod kind;
mod outcome;
mod reply;

use std::time::Duration;

use http::{HeaderMap, StatusCode};

pub(crate) use self::envelope::Envelope;
pub use self::field_error::FieldError;
pub use self::kind::ErrorKind;
use self::reply::Reply;
use crate::BoxError;
use crate::delivery::{Delivery, ExternalId, InDoubt};
use crate::pacer::RateLimitSnapshot;
use crate::response::request_id;
use crate::validate::Violations;

/// The reason why a call has no result.
///
/// An error is one pointer wide, and can be moved to and shared with other threads.
/// Neither `Display` nor `Debug` shows a credential, the request, or the body
/// of the answer. [`body`](Self::body) and
/// [`service_message`](Self::service_message) return the service's answer.
///
/// ```
/// # extern crate gorgias_runtime as gorgias;
/// use gorgias::{Delivery, Error, ErrorKind};
///
/// fn advice(error: &Error) -> &'static str {
///     match (error.kind(), error.delivery()) {
///         (ErrorKind::InvalidRequest, _) => "correct the ticket",
///         (ErrorKind::Unauthorized, _) => "check the API key",
///         (_, Delivery::NotSent | Delivery::Rejected) => "it is safe to try again",
///         (_, Delivery::Applied) => "the ticket exists",
///         _ => "look for the ticket before trying again",
///     }
/// }
/// ```
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    delivery: Delivery,
    /// Whether the failed operation is a write. If it is, the message says what
    /// became of the write.
    write: bool,
    /// The operation that failed, by its id in the document.
    operation: Option<&'static str>,
    timeout: bool,
    attempts: u32,
    resource_id: Option<i64>,
    violations: Option<Violations>,
    in_doubt: Option<InDoubt>,
    key: Option<ExternalId>,
    reply: Option<Reply>,
    source: Option<BoxError>,
}

impl Error {
    /// The kind of the error.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Whether the request was sent and applied, as far as that is known. For a
    /// failed write, the delivery decides whether the write may be sent again.
    #[must_use]
    pub fn delivery(&self) -> Delivery {
        self.0.delivery
    }

    /// The status of the response, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.reply().map(|reply| reply.status)
    }

    /// The headers of the response, if there was one, without those that repeat
    /// a credential.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.reply().map(|reply| &reply.headers)
    }

    /// The body of the response, unchanged: JSON, or the HTML page of a proxy.
    /// The body may contain personal data. It is empty if it didn't arrive or
    /// repeats a credential.
    #[must_use]
    pub fn body(&self) -> Option<&[u8]> {
        self.reply().map(|reply| reply.body.as_ref())
    }

    /// The service's id for the request, to quote to its support.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        request_id(self.headers()?)
    }

    /// The wait that the service asked for in the header `retry-after`, as
    /// seconds or as a date; at most a year. When the wait is longer than the
    /// retry policy or the time limit allows, the call fails without waiting.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.reply().and_then(|reply| reply.retry_after)
    }

    /// The account's rate limit, from the headers of the response.
    #[must_use]
    pub fn rate_limit(&self) -> Option<RateLimitSnapshot> {
        RateLimitSnapshot::from_headers(self.headers()?)
    }

    /// The service's errors about single fields of the request.
    #[must_use]
    pub fn field_errors(&self) -> &[FieldError] {
        self.reply()
            .map(|reply| reply.envelope.fields.as_slice())
            .unwrap_or_default()
    }

    /// The service's error message. It may repeat parts of the request.
    #[must_use]
    pub fn service_message(&self) -> Option<&str> {
        self.reply()?.envelope.message.as_deref()
    }

    /// Every rule of the API that the request breaks, for
    /// [`ErrorKind::InvalidRequest`].
    #[must_use]
    pub fn violations(&self) -> Option<&Violations> {
        self.0.violations.as_ref()
    }

    /// The number of requests sent for this call. For a creation, look-ups
    /// don't count.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// The id of the resource, such as a ticket, if it is known: when a success
    /// could not be read except for the id, when the resource exists but
    /// couldn't be fetched or recorded in the journal, or when the service
    /// answered with another resource ([`ErrorKind::Mismatch`]).
    #[must_use]
    pub fn resource_id(&self) -> Option<i64> {
        self.0.resource_id
    }

    /// The key of the call, if the call had one: the external id given to
    /// `create_once` or `reply_once`.
    #[must_use]
    pub fn key(&self) -> Option<&str> {
        self.0.key.as_ref().map(ExternalId::as_str)
    }

    /// The facts about a creation in doubt, for [`ErrorKind::InDoubt`].
    #[must_use]
    pub fn in_doubt(&self) -> Option<&InDoubt> {
        self.0.in_doubt.as_ref()
    }

    /// Whether a timeout ended the call, at any stage.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.0.timeout
    }

    /// Whether the service refused the request because of the rate limit.
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.0.kind == ErrorKind::RateLimited
    }

    /// Whether the resource doesn't exist.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.0.kind == ErrorKind::NotFound
    }

    fn reply(&self) -> Option<&Reply> {
        self.0.reply.as_ref()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        let source: &(dyn std::error::Error + 'static) = self.0.source.as_deref()?;
        Some(source)
    }
}
