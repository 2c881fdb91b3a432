//! How errors come to be.

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

    /// A request that can't be built for a reason other than its fields.
    #[doc(hidden)]
    #[must_use]
    pub fn unbuildable(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::new(ErrorKind::InvalidRequest, Delivery::NotSent).caused_by(source)
    }

    /// The client has to be silent for longer than the call may take.
    pub(crate) fn no_time_left() -> Self {
        let mut error = Self::new(ErrorKind::Timeout, Delivery::NotSent)
            .caused_by("the account's rate limit leaves no time for the call");
        error.0.timeout = true;
        error
    }

    /// There is no access token to send.
    pub(crate) fn token(failure: TokenError) -> Self {
        Self::new(ErrorKind::Token, Delivery::NotSent).caused_by(failure)
    }

    /// There is no access token yet, and no time left to wait for it.
    pub(crate) fn no_token_in_time() -> Self {
        let mut error = Self::new(ErrorKind::Timeout, Delivery::NotSent)
            .caused_by("the token provider left no time for the call");
        error.0.timeout = true;
        error
    }

    /// The same after an attempt that changed nothing, with what was answered
    /// to that.
    pub(crate) fn following(mut self, attempt: Self) -> Self {
        self.0.delivery = attempt.0.delivery;
        self.0.reply = attempt.0.reply;
        self
    }

    /// The journal couldn't say whether, or write down that, something is
    /// sent.
    #[doc(hidden)]
    #[must_use]
    pub fn journal(failure: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::new(ErrorKind::Journal, Delivery::NotSent)
            .caused_by(failure)
            .of_write()
    }

    /// The external id stands for something else.
    #[doc(hidden)]
    #[must_use]
    pub fn key_reused() -> Self {
        Self::new(ErrorKind::KeyReused, Delivery::NotSent).of_write()
    }

    /// Somebody else is at work on the external id.
    #[doc(hidden)]
    #[must_use]
    pub fn key_held() -> Self {
        Self::new(ErrorKind::KeyHeld, Delivery::NotSent).of_write()
    }

    /// A look-up that doesn't tell whether there is something.
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

    /// What came of a creation can't be told, after this error if it was this
    /// call that sent it.
    #[doc(hidden)]
    #[must_use]
    pub fn unsettled(error: Option<Self>, doubt: InDoubt) -> Self {
        let mut doubtful =
            error.unwrap_or_else(|| Self::new(ErrorKind::InDoubt, Delivery::Unknown));
        doubtful.0.kind = ErrorKind::InDoubt;
        doubtful.0.in_doubt = Some(doubt);
        doubtful.of_write()
    }

    /// Says why a look-up didn't settle it, unless more is known already.
    #[doc(hidden)]
    #[must_use]
    pub fn after_look_up(mut self, failure: Option<Self>) -> Self {
        if let (None, None, Some(failure)) = (&self.0.reply, &self.0.source, failure) {
            self.0.reply = failure.0.reply;
            self.0.source = failure.0.source;
        }
        self
    }

    /// The ticket exists, and its id isn't known.
    #[doc(hidden)]
    #[must_use]
    pub fn exists(mut self) -> Self {
        self.0.delivery = Delivery::Applied;
        self
    }

    /// A read failed that had to come before a write.
    #[doc(hidden)]
    #[must_use]
    pub fn before_sending(mut self) -> Self {
        self.0.delivery = Delivery::NotSent;
        self.0.attempts = 0;
        self.of_write()
    }

    /// Something failed after what was created was known to exist.
    #[doc(hidden)]
    #[must_use]
    pub fn applied(mut self, id: i64) -> Self {
        self.0.delivery = Delivery::Applied;
        self.0.resource_id = Some(id);
        self.of_write()
    }

    /// A response that reads well and makes no sense.
    #[doc(hidden)]
    #[must_use]
    pub fn unexpected(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::new(ErrorKind::UnexpectedResponse, Delivery::Applied).caused_by(source)
    }

    /// A success that can't be read.
    pub(crate) fn unreadable(
        response: &Response<Bytes>,
        credentials: &Credentials,
        problem: Unreadable,
        operation: &Operation,
    ) -> Self {
        let mut error = Self::of_response(response, credentials);
        error.0.resource_id = problem.id();
        // A whole answer that is something else says nothing of what was asked
        // for. None at all says that it was done, unless it had to name what
        // was created.
        let done = problem.is_empty() && !operation.creates();
        if problem.id().is_none() && !problem.is_broken_off() && !done {
            error.0.delivery = Delivery::Unknown;
        }
        if let Some(reply) = &mut error.0.reply {
            reply.read_message();
        }
        error.caused_by(problem)
    }

    /// A success about something else than was sent.
    pub(crate) fn mismatch(metadata: &Metadata, credentials: &Credentials, id: i64) -> Self {
        let mut error = Self::of_response(&metadata.to_response(), credentials);
        error.0.kind = ErrorKind::Mismatch;
        error.0.resource_id = Some(id);
        error.after_attempts(metadata.attempts())
    }

    /// A whole response that isn't what was asked for.
    pub(crate) fn of_response(response: &Response<Bytes>, credentials: &Credentials) -> Self {
        let headers = response.headers();
        let reply = Reply::new(response.status(), headers, response.body(), credentials);
        let head = Reached::Head(reply.status, ContentType::of(headers));
        let mut error = Self::new(reply.kind(), classify(head));
        error.0.reply = Some(reply);
        error
    }

    /// An exchange that ended without a whole response.
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
            // A refusal is one even when its explanation got lost.
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

    /// A call that was lost with the thread it ran on.
    #[cfg(feature = "blocking")]
    #[doc(hidden)]
    #[must_use]
    pub fn lost(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::new(ErrorKind::Transport, Delivery::Unknown).caused_by(source)
    }

    /// Says how many requests went out.
    #[doc(hidden)]
    #[must_use]
    pub fn after_attempts(mut self, attempts: u32) -> Self {
        self.0.attempts = attempts;
        self
    }

    /// Says which operation failed, and what it does.
    #[doc(hidden)]
    #[must_use]
    pub fn of(mut self, operation: Option<&'static str>, effect: Effect) -> Self {
        self.0.operation = operation;
        self.0.write = effect.is_write();
        self
    }

    /// Says under which key the call was made.
    #[doc(hidden)]
    #[must_use]
    pub fn under(mut self, key: ExternalId) -> Self {
        self.0.key = Some(key);
        self
    }

    /// Says what became of the request, by more than this error knows.
    pub(crate) fn with_delivery(mut self, delivery: Delivery) -> Self {
        self.0.delivery = delivery;
        self
    }

    /// Says that a write failed.
    fn of_write(mut self) -> Self {
        self.0.write = true;
        self
    }
}

/// Why there was no access token, if that is what kept a request back.
fn token_failure(failure: &TransportError) -> Option<&TokenError> {
    std::error::Error::source(failure)?.downcast_ref()
}
