//! The error of an exchange that ends without a whole response.

use std::error::Error;
use std::{fmt, io};

use ::http::response::Parts;

/// An exchange that ended without a whole response, which a client sees as a
/// transport error.
///
/// In process it is returned as an error. On a socket the connection ends in this way
/// instead.
#[derive(Debug)]
pub struct Disconnect {
    kind: DisconnectKind,
    stage: DisconnectStage,
    head: Option<Box<Parts>>,
    /// The error that a socket would give, for clients that don't know this
    /// crate's types.
    source: io::Error,
}

/// How the connection ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DisconnectKind {
    /// The connection was refused.
    Refused,
    /// The secure channel could not be set up.
    Handshake,
    /// The peer ended the connection in an orderly way.
    Closed,
    /// The peer reset the connection.
    Reset,
    /// No further byte came until the client gave up.
    TimedOut,
    /// The answer isn't HTTP.
    Malformed,
}

/// How far the exchange had come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum DisconnectStage {
    /// No byte of the request was read, so the request was not applied.
    BeforeRequest,
    /// Part of the request was read; a client can't tell how much.
    DuringRequest,
    /// The whole request was read, and no response head came.
    AfterRequest,
    /// The response head came, its body did not.
    DuringResponse,
}

impl Disconnect {
    pub(crate) fn new(kind: DisconnectKind, stage: DisconnectStage) -> Self {
        Self {
            kind,
            stage,
            head: None,
            source: kind.of_socket(stage),
        }
    }

    pub(crate) fn with_head(kind: DisconnectKind, head: Parts) -> Self {
        Self {
            head: Some(Box::new(head)),
            ..Self::new(kind, DisconnectStage::DuringResponse)
        }
    }

    /// How the connection ended.
    #[must_use]
    pub fn kind(&self) -> DisconnectKind {
        self.kind
    }

    /// How far the exchange had come.
    #[must_use]
    pub fn stage(&self) -> DisconnectStage {
        self.stage
    }

    /// Whether the whole request had reached the emulator. If not, it was
    /// certainly not applied.
    #[must_use]
    pub fn request_was_read(&self) -> bool {
        self.stage >= DisconnectStage::AfterRequest
    }

    /// The status line and headers, if they arrived before the connection ended.
    #[must_use]
    pub fn head(&self) -> Option<&Parts> {
        self.head.as_deref()
    }

    /// Returns the status line and headers, as [`head`](Self::head) does.
    #[must_use]
    pub fn into_head(self) -> Option<Parts> {
        self.head.map(|head| *head)
    }
}

impl fmt::Display for Disconnect {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self.kind {
            DisconnectKind::Refused => "connection refused",
            DisconnectKind::Handshake => "secure channel not set up",
            DisconnectKind::Closed => "connection closed",
            DisconnectKind::Reset => "connection reset",
            DisconnectKind::TimedOut => "timed out",
            DisconnectKind::Malformed => "malformed response",
        })?;
        out.write_str(match self.stage {
            DisconnectStage::BeforeRequest => " before the request",
            DisconnectStage::DuringRequest => " during the request",
            DisconnectStage::AfterRequest => " after the request",
            DisconnectStage::DuringResponse => " during the response",
        })
    }
}

impl Error for Disconnect {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.source)
    }
}

impl DisconnectKind {
    /// Returns the error that a socket would give.
    fn of_socket(self, stage: DisconnectStage) -> io::Error {
        let kind = match (self, stage) {
            (Self::TimedOut, _) => io::ErrorKind::TimedOut,
            (_, DisconnectStage::BeforeRequest) => io::ErrorKind::ConnectionRefused,
            _ => io::ErrorKind::ConnectionReset,
        };
        kind.into()
    }
}
