//! The constructors of [`Error`], one for each way in which a call fails.

use bytes::Bytes;
use http::Response;

use super::reply::Reply;
use super::{Error, ErrorKind, Inner};
use crate::BoxError;
use crate::credentials::Credentials;
use crate::delivery::{Delivery, ExternalId, InDoubt, of_failure, of_head};
use crate::operation::Operation;
use crate::response::{Metadata, Unreadable};
use crate::token::TokenError;
use crate::transport::TransportError;
use crate::validate::Violations;

// These constructors are public because the crates `gorgias` and `gorgias-api`
// create errors too.
#[doc(hidden)]
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

    fn caused_by(mut self, source: impl Into<BoxError>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    #[must_use]
    pub fn configuration(source: impl Into<BoxError>) -> Self {
        Self::new(ErrorKind::Configuration, Delivery::NotSent).caused_by(source)
    }

    #[must_use]
    pub fn invalid(violations: Violations) -> Self {
        let mut error = Self::new(ErrorKind::InvalidRequest, Delivery::NotSent);
        error.0.violations = Some(violations);
        error
    }

    /// The error of a request that can't be built for a reason other than a
    /// violation.
    #[must_use]
    pub fn unbuildable(source: impl Into<BoxError>) -> Self {
        Self::new(ErrorKind::InvalidRequest, Delivery::NotSent).caused_by(source)
    }

    /// The error of a call whose time limit ended before a request was sent.
    pub(crate) fn out_of_time(reason: &str) -> Self {
        let mut error = Self::new(ErrorKind::Timeout, Delivery::NotSent).caused_by(reason);
        error.0.timeout = true;
        error
    }

    /// The error of a token provider that failed.
    pub(crate) fn token(failure: TokenError) -> Self {
        Self::new(ErrorKind::Token, Delivery::NotSent).caused_by(failure)
    }

    /// Replaces the delivery and the reply with those of an earlier attempt,
    /// which changed nothing.
    pub(crate) fn following(mut self, attempt: Self) -> Self {
        self.0.delivery = attempt.0.delivery;
        self.0.reply = attempt.0.reply;
        self
    }

    /// The error of a journal that couldn't be read or written before sending.
    #[must_use]
    pub fn journal(failure: impl Into<BoxError>) -> Self {
        Self::new(ErrorKind::Journal, Delivery::NotSent)
            .caused_by(failure)
            .of_write()
    }

    /// The error of an external id that was used for a resource with other
    /// content.
    #[must_use]
    pub fn key_reused() -> Self {
        Self::new(ErrorKind::KeyReused, Delivery::NotSent).of_write()
    }

    /// The error of an external id that another process or task holds.
    #[must_use]
    pub fn key_held() -> Self {
        Self::new(ErrorKind::KeyHeld, Delivery::NotSent).of_write()
    }

    /// The error of a look-up that doesn't show whether the resource exists.
    /// `error` is the failure of the look-up's call, if that call failed.
    #[must_use]
    pub fn no_evidence(error: Option<Self>, reason: impl Into<BoxError>) -> Self {
        let mut none = error.unwrap_or_else(|| Self::new(ErrorKind::NoEvidence, Delivery::Applied));
        none.0.kind = ErrorKind::NoEvidence;
        none.caused_by(reason)
    }

    /// The error of a creation in doubt. `error` is the failure of the request,
    /// if this call sent the request.
    #[must_use]
    pub fn unsettled(error: Option<Self>, doubt: InDoubt) -> Self {
        let mut doubtful =
            error.unwrap_or_else(|| Self::new(ErrorKind::InDoubt, Delivery::Unknown));
        doubtful.0.kind = ErrorKind::InDoubt;
        doubtful.0.in_doubt = Some(doubt);
        doubtful.of_write()
    }

    /// Adds the reply and the cause of a failed look-up, unless the error has a
    /// reply or a cause of its own.
    #[must_use]
    pub fn after_look_up(mut self, failure: Option<Self>) -> Self {
        if let (None, None, Some(failure)) = (&self.0.reply, &self.0.source, failure) {
            self.0.reply = failure.0.reply;
            self.0.source = failure.0.source;
        }
        self
    }

    /// Turns the error of a look-up that came before a write into the error of the
    /// write, which was not sent.
    #[must_use]
    pub fn before_sending(mut self) -> Self {
        self.0.delivery = Delivery::NotSent;
        self.0.attempts = 0;
        self.of_write()
    }

    /// Marks a creation as applied, with the id of the resource.
    #[must_use]
    pub fn applied(mut self, id: i64) -> Self {
        self.0.delivery = Delivery::Applied;
        self.0.resource_id = Some(id);
        self.of_write()
    }

    /// The error of a response that could be decoded, but doesn't contain the
    /// expected value.
    #[must_use]
    pub fn unexpected(source: impl Into<BoxError>) -> Self {
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
        // A complete body other than the expected JSON doesn't prove that the
        // request was applied. An empty body proves it, unless the operation
        // creates a resource: then the body had to contain the resource's id.
        let done = problem.is_empty() && !operation.creates();
        if problem.id().is_none() && !problem.is_broken_off() && !done {
            error.0.delivery = Delivery::Unknown;
        }
        if let Some(reply) = &mut error.0.reply {
            reply.read_message();
        }
        error.caused_by(problem)
    }

    /// The error of a creation that the service answered with a resource of
    /// another external id.
    pub(crate) fn mismatch(metadata: &Metadata, credentials: &Credentials, id: i64) -> Self {
        let mut error = Self::of_response(metadata.response(), credentials);
        error.0.kind = ErrorKind::Mismatch;
        error.0.resource_id = Some(id);
        error.after_attempts(metadata.attempts())
    }

    /// The error of a complete response, by its status.
    pub(crate) fn of_response(response: &Response<Bytes>, credentials: &Credentials) -> Self {
        let (status, headers) = (response.status(), response.headers());
        let reply = Reply::new(status, headers, response.body(), credentials);
        let mut error = Self::new(reply.kind(), of_head(status, headers));
        error.0.reply = Some(reply);
        error
    }

    /// The error of an exchange that ended without a complete response.
    pub(crate) fn transport(failure: TransportError, credentials: &Credentials) -> Self {
        if let Some(failure) = token_failure(&failure) {
            return Self::token(failure.clone());
        }
        let timeout = failure.is_timeout();
        let delivery = of_failure(&failure);
        let reply = failure
            .head()
            .map(|(status, headers)| Reply::new(status, headers, &Bytes::new(), credentials));
        let kind = match &reply {
            // The status of a refusal decides even if the body didn't arrive.
            Some(reply) if !reply.status.is_success() => reply.kind(),
            None if delivery == Delivery::NotSent => ErrorKind::Connect,
            _ if timeout => ErrorKind::Timeout,
            Some(_) => ErrorKind::UnexpectedResponse,
            None => ErrorKind::Transport,
        };
        let mut error = Self::new(kind, delivery).caused_by(failure);
        error.0.timeout = timeout;
        error.0.reply = reply;
        error
    }

    /// The error of a blocking call whose worker thread has ended.
    #[cfg(feature = "blocking")]
    #[must_use]
    pub fn lost(source: impl Into<BoxError>) -> Self {
        Self::new(ErrorKind::Transport, Delivery::Unknown).caused_by(source)
    }

    /// Sets the number of attempts.
    #[must_use]
    pub fn after_attempts(mut self, attempts: u32) -> Self {
        self.0.attempts = attempts;
        self
    }

    /// Sets the operation that failed, and whether it writes.
    #[must_use]
    pub fn of(mut self, operation: &Operation) -> Self {
        self.0.operation = operation.id();
        self.0.write = operation.effect().is_write();
        self
    }

    /// Sets the key of the call, which is the caller's external id.
    #[must_use]
    pub fn under(mut self, key: ExternalId) -> Self {
        self.0.key = Some(key);
        self
    }

    /// Replaces the delivery.
    #[must_use]
    pub fn with_delivery(mut self, delivery: Delivery) -> Self {
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
