//! The error of an exchange, and how far the exchange came.

use std::{error::Error, fmt};

use http::{HeaderMap, StatusCode};

use crate::BoxError;

/// How far an exchange came before it failed.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Phase {
    /// No byte of the request was sent.
    BeforeDispatch,
    /// The request was sent, or may have been sent. No response head arrived.
    AfterDispatch,
    /// A response head arrived, but its body couldn't be read in full.
    Body,
}

/// The error of an exchange that ended without a whole response.
pub struct TransportError(Box<Inner>);

struct Inner {
    phase: Phase,
    timeout: bool,
    head: Option<(StatusCode, HeaderMap)>,
    source: BoxError,
}

impl TransportError {
    /// Creates the error of a failure before anything was sent.
    pub fn before_dispatch(source: impl Into<BoxError>) -> Self {
        Self::new(Phase::BeforeDispatch, None, source.into())
    }

    /// Creates the error of a failure after the request was sent, or may have
    /// been sent.
    pub fn after_dispatch(source: impl Into<BoxError>) -> Self {
        Self::new(Phase::AfterDispatch, None, source.into())
    }

    /// Creates the error of a failure after a response head arrived.
    pub fn in_body(status: StatusCode, headers: HeaderMap, source: impl Into<BoxError>) -> Self {
        Self::new(Phase::Body, Some((status, headers)), source.into())
    }

    fn new(phase: Phase, head: Option<(StatusCode, HeaderMap)>, source: BoxError) -> Self {
        Self(Box::new(Inner {
            phase,
            timeout: false,
            head,
            source,
        }))
    }

    /// Marks the error as caused by a timeout.
    #[must_use]
    pub fn timed_out(mut self) -> Self {
        self.0.timeout = true;
        self
    }

    /// How far the exchange came.
    #[must_use]
    pub fn phase(&self) -> Phase {
        self.0.phase
    }

    /// Whether a timeout ended the exchange.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.0.timeout
    }

    /// The status, if a response head arrived.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.head().map(|(status, _)| status)
    }

    /// The headers, if a response head arrived.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.head().map(|(_, headers)| headers)
    }

    pub(crate) fn head(&self) -> Option<(StatusCode, &HeaderMap)> {
        let (status, headers) = self.0.head.as_ref()?;
        Some((*status, headers))
    }

    /// Returns the cause.
    #[must_use]
    pub fn into_source(self) -> BoxError {
        self.0.source
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match (self.0.phase, self.0.timeout) {
            (Phase::BeforeDispatch, false) => "the request was not sent",
            (Phase::BeforeDispatch, true) => "timed out before the request was sent",
            (Phase::AfterDispatch, false) => "no response after the request was sent",
            (Phase::AfterDispatch, true) => "timed out waiting for a response",
            (Phase::Body, false) => "the response body could not be read",
            (Phase::Body, true) => "timed out reading the response body",
        })
    }
}

// Headers may contain secrets, so only the status of the head is shown.
impl fmt::Debug for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportError")
            .field("phase", &self.0.phase)
            .field("timeout", &self.0.timeout)
            .field("status", &self.status())
            .field("source", &self.0.source)
            .finish()
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.0.source)
    }
}
