//! The constructors of [`Error`], one for each way in which a call fails.

use bytes::Bytes;
use http::{HeaderMap, Response};

use super::reply::Reply;
use super::{Error, ErrorKind, Inner};
use crate::credentials::Credentials;
use crate::delivery::{Delivery, ExternalId, InDoubt, Reached, classify};
use crate::operation::{Effect, Operation};
use crate::response::content::ContentType;
use crate::response::{Metadata, Unreadable};
use crate::token::TokenError;
use crate::transport::{Phase, TransportError};
use crate::validate::Violations;

impl Error {
    fn new(kind: ErrorKind, delivery: Delivery) -> Self {
        Self(Box::new(Inner {
            kind,
            delivery,
            write: false,
            operation: None,
            timeout: false,
            attempts: 0,
            resource_id: None,
            violations: None,
            in_doubt: None,
            key: None,
            reply: None,
            source: None,
        }))
    }

    fn caused_by(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub fn configuration(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::new(ErrorKind::Configuration, Delivery::NotSent).caused_by(source)
    }

    #[doc(hidden)]
    #[must_use]
    pub fn invalid(violations: Violations) -> Self {
        let mut error = Self::new(ErrorKind::InvalidRequest, Delivery::NotSent);
        error.0.violations = Some(violations);
        error
    }

    /// The error of a request that can't be built for a reason other than a
    /// violation.
    #[doc(hidden)]
    #[must_use]
    pub fn unbuildable(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::new(ErrorKind::InvalidRequest, Delivery::NotSent).caused_by(source)
    }

    /// The error of a call whose time limit ends before the pacer's pause does.
    pub(crate) fn no_time_left() -> Self {
        let mut error = Self::new(ErrorKind::Timeout, Delivery::NotSent)
            .caused_by("the account's rate limit leaves no time for the call");
        error.0.timeout = true;
        error
    }

    /// The error of a token provider that failed.
    pub(crate) fn token(failure: TokenError) -> Self {
        Self::new(ErrorKind::Token, Delivery::NotSent).caused_by(failure)
    }

    /// The error of a call that ran out of time while it waited for a token.
    pub(crate) fn no_token_in_time() -> Self {
        let mut error = Self::new(ErrorKind::Timeout, Delivery::NotSent)
            .caused_by("the token provider left no time for the call");
        error.0.timeout = true;
        error
    }

    /// Adds the delivery and the reply of an earlier attempt that changed
    /// nothing.
    pub(crate) fn following(mut self, attempt: Self) -> Self {
        self.0.delivery = attempt.0.delivery;
        self.0.reply = attempt.0.reply;
        self
    }

    /// The error of a journal that couldn't be read or written before sending.
    #[doc(hidden)]
    #[must_use]
    pub fn journal(failure: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::new(ErrorKind::Journal, Delivery::NotSent)
            .caused_by(failure)
            .of_write()
    }

    /// The error of an external id that was used for another resource.
    #[doc(hidden)]
    #[must_use]
    pub fn key_reused() -> Self {
        Self::new(ErrorKind::KeyReused, Delivery::NotSent).of_write()
    }

    /// The error of an external id that another process or task holds.
    #[doc(hidden)]
    #[must_use]
    pub fn key_held() -> Self {
        Self::new(ErrorKind::KeyHeld, Delivery::NotSent).of_write()
    }

    /// The error of a look-up that doesn't tell whether the resource exists.
    /// `error` is the failure of the look-up's call, if it failed.
    #[doc(hidden)]
    #[must_use]
    pub fn no_evidence(
        error: Option<Self>,
        reason: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        let mut none = error.unwrap_or_else(|| Self::new(ErrorKind::NoEvidence, Delivery::Applied));
        none.0.kind = ErrorKind::NoEvidence;
        none.caused_by(reason)
    }

    /// The error of a creation in doubt. `error` is the failure of the request,
    /// if this call sent it.
    #[doc(hidden)]
    #[must_use]
    pub fn unsettled(error: Option<Self>, doubt: InDoubt) -> Self {
        let mut doubtful =
            error.unwrap_or_else(|| Self::new(ErrorKind::InDoubt, Delivery::Unknown));
        doubtful.0.kind = ErrorKind::InDoubt;
        doubtful.0.in_doubt = Some(doubt);
        doubtful.of_write()
    }

    /// Adds the reply and the cause of a failed look-up, unless the error has
    /// its own.
    #[doc(hidden)]
    #[must_use]
    pub fn after_look_up(mut self, failure: Option<Self>) -> Self {
        if let (None, None, Some(failure)) = (&self.0.reply, &self.0.source, failure) {
            self.0.reply = failure.0.reply;
            self.0.source = failure.0.source;
        }
        self
    }

    /// Marks a creation as applied although the id isn't known.
    #[doc(hidden)]
    #[must_use]
    pub fn exists(mut self) -> Self {
        self.0.delivery = Delivery::Applied;
        self
    }

    /// Turns the error of a read into that of the write that it should have
    /// preceded.
    #[doc(hidden)]
    #[must_use]
    pub fn before_sending(mut self) -> Self {
        self.0.delivery = Delivery::NotSent;
        self.0.attempts = 0;
        self.of_write()
    }

    /// Marks a creation as applied, with the id of what was created.
    #[doc(hidden)]
    #[must_use]
    pub fn applied(mut self, id: i64) -> Self {
        self.0.delivery = Delivery::Applied;
        self.0.resource_id = Some(id);
        self.of_write()
    }

    /// The error of a response that could be decoded but makes no sense.
    #[doc(hidden)]
    #[must_use]
    pub fn unexpected(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::new(ErrorKind::UnexpectedResponse, Delivery::Applied).caused_by(source)
    }

    /// The error of a success whose body can't be read.
    pub(crate) fn unreadable(
        response: &Response<Bytes>,
        credentials: &Credentials,
        problem: Unreadable,
        operation: &Operation,
    ) -> Self {
        let mut error = Self::of_response(response, credentials);
        error.0.resource_id = problem.id();
        // A whole body of another kind doesn't prove that the request was
        // applied. An empty body does, unless the operation creates something,
        // whose id the body had to name.
        let done = problem.is_empty() && !operation.creates();
        if problem.id().is_none() && !problem.is_broken_off() && !done {
            error.0.delivery = Delivery::Unknown;
        }
        if let Some(reply) = &mut error.0.reply {
            reply.read_message();
        }
        error.caused_by(problem)
    }

    /// The error of a creation that was answered with a resource of another
    /// external id.
    pub(crate) fn mismatch(metadata: &Metadata, credentials: &Credentials, id: i64) -> Self {
        let mut error = Self::of_response(&metadata.to_response(), credentials);
        error.0.kind = ErrorKind::Mismatch;
        error.0.resource_id = Some(id);
        error.after_attempts(metadata.attempts())
    }

    /// The error of a whole response with a status other than a success.
    pub(crate) fn of_response(response: &Response<Bytes>, credentials: &Credentials) -> Self {
        let headers = response.headers();
        let reply = Reply::new(response.status(), headers, response.body(), credentials);
        let head = Reached::Head(reply.status, ContentType::of(headers));
        let mut error = Self::new(reply.kind(), classify(head));
        error.0.reply = Some(reply);
        error
    }

    /// The error of an exchange that ended without a whole response.
    pub(crate) fn transport(failure: TransportError, credentials: &Credentials) -> Self {
        if let Some(failure) = token_failure(&failure) {
            return Self::token(failure.clone());
        }
        let timeout = failure.is_timeout();
        let head = failure.status().map(|status| {
            let none = HeaderMap::new();
            let headers = failure.headers().unwrap_or(&none);
            let reply = Reply::new(status, headers, &Bytes::new(), credentials);
            (reply, ContentType::of(headers))
        });
        let reached = match (&head, failure.phase()) {
            (Some((reply, content)), _) => Reached::Head(reply.status, *content),
            (None, Phase::BeforeDispatch) => Reached::Nothing,
            (None, _) => Reached::Dispatch,
        };
        let kind = match (&head, reached) {
            (_, Reached::Nothing) => ErrorKind::Connect,
            // A refusal counts even when its body didn't arrive.
            (Some((reply, _)), _) if !reply.status.is_success() => reply.kind(),
            _ if timeout => ErrorKind::Timeout,
            (Some(_), _) => ErrorKind::UnexpectedResponse,
            (None, _) => ErrorKind::Transport,
        };
        let mut error = Self::new(kind, classify(reached)).caused_by(failure);
        error.0.timeout = timeout;
        error.0.reply = head.map(|(reply, _)| reply);
        error
    }

    /// The error of a blocking call whose worker thread died.
    #[cfg(feature = "blocking")]
    #[doc(hidden)]
    #[must_use]
    pub fn lost(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::new(ErrorKind::Transport, Delivery::Unknown).caused_by(source)
    }

    /// Sets the number of attempts.
    #[doc(hidden)]
    #[must_use]
    pub fn after_attempts(mut self, attempts: u32) -> Self {
        self.0.attempts = attempts;
        self
    }

    /// Sets the operation that failed, and whether it writes.
    #[doc(hidden)]
    #[must_use]
    pub fn of(mut self, operation: Option<&'static str>, effect: Effect) -> Self {
        self.0.operation = operation;
        self.0.write = effect.is_write();
        self
    }

    /// Sets the key of the call.
    #[doc(hidden)]
    #[must_use]
    pub fn under(mut self, key: ExternalId) -> Self {
        self.0.key = Some(key);
        self
    }

    /// Replaces the delivery.
    pub(crate) fn with_delivery(mut self, delivery: Delivery) -> Self {
        self.0.delivery = delivery;
        self
    }

    /// Marks the failed operation as a write.
    fn of_write(mut self) -> Self {
        self.0.write = true;
        self
    }
}

/// Returns the failure of the token provider, if it is the cause of a transport
/// error.
fn token_failure(failure: &TransportError) -> Option<&TokenError> {
    std::error::Error::source(failure)?.downcast_ref()
}
