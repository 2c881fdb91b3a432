//! The one error type.

mod build;
mod display;
mod envelope;
mod field_error;
mod kind;
mod reply;
mod subject;

use std::time::Duration;

use http::{HeaderMap, StatusCode};

pub(crate) use self::envelope::Envelope;
pub use self::field_error::FieldError;
pub use self::kind::ErrorKind;
use self::reply::Reply;
use crate::delivery::{Delivery, ExternalId, InDoubt};
use crate::pacer::RateLimitSnapshot;
use crate::validate::Violations;

/// Anything that kept a call from its result.
///
/// An error is one pointer wide, and can be sent to and shared between
/// threads. Neither `Display` nor `Debug` shows a credential, what was sent,
/// or what the service answered in its body; there are accessors for the
/// latter.
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
    /// Whether a write failed, so that its fate is worth telling.
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
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    /// What went wrong.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// What became of the request. For a failed write this decides whether
    /// it may be sent again.
    #[must_use]
    pub fn delivery(&self) -> Delivery {
        self.0.delivery
    }

    /// The status of the response, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.reply().map(|reply| reply.status)
    }

    /// The headers of the response, if there was one, less any that repeats a
    /// credential.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.reply().map(|reply| &reply.headers)
    }

    /// The body of the response as it came: JSON, a proxy's page, or nothing.
    /// It may hold personal data. Empty if it didn't arrive, and if it
    /// repeats a credential.
    #[must_use]
    pub fn body(&self) -> Option<&[u8]> {
        self.reply().map(|reply| reply.body.as_ref())
    }

    /// The service's id for the request, worth quoting to its support.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.reply().and_then(Reply::request_id)
    }

    /// How long the service asked to be left alone, from either form of
    /// `retry-after`, at most a year. Longer than the client waits by itself
    /// if the error came at once.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.reply().and_then(|reply| reply.retry_after)
    }

    /// The account's rate limit as the response told it.
    #[must_use]
    pub fn rate_limit(&self) -> Option<RateLimitSnapshot> {
        self.reply().and_then(Reply::rate_limit)
    }

    /// What the service said about single fields of the request.
    #[must_use]
    pub fn field_errors(&self) -> &[FieldError] {
        self.reply()
            .map(|reply| reply.envelope.fields.as_slice())
            .unwrap_or_default()
    }

    /// What the service said went wrong, in its own words. It may repeat what
    /// was sent.
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

    /// The requests that went out for this call, 0 if none did: of a creation
    /// those to create, and not those that looked for what was created.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// The id of what the call was about, such as a ticket, when that much is
    /// known of it: when a success couldn't be read but its id could, or when it
    /// was found and couldn't be fetched.
    #[must_use]
    pub fn resource_id(&self) -> Option<i64> {
        self.0.resource_id
    }

    /// The key that the call was made under, if it had one: the external id of
    /// `create_once`.
    #[must_use]
    pub fn key(&self) -> Option<&str> {
        self.0.key.as_ref().map(ExternalId::as_str)
    }

    /// What is needed to settle later what came of a creation, for
    /// [`ErrorKind::InDoubt`].
    #[must_use]
    pub fn in_doubt(&self) -> Option<&InDoubt> {
        self.0.in_doubt.as_ref()
    }

    /// Whether a deadline or another timeout ended the call, at whatever
    /// stage.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.0.timeout
    }

    /// Whether the service refused the request because too many were made.
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.0.kind == ErrorKind::RateLimited
    }

    /// Whether what was asked for doesn't exist.
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
