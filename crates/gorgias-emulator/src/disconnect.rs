//! How an exchange ends without a whole response.

use std::error::Error;
use std::fmt;

use ::http::response::Parts;

/// An exchange that ended without a whole response: what a client would see as
/// a transport error.
///
/// In process it is returned as an error; on a socket the same event happens to
/// the connection.
#[derive(Debug)]
pub struct Disconnect {
    kind: DisconnectKind,
    request_was_read: bool,
    head: Option<Box<Parts>>,
}

/// What became of the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DisconnectKind {
    /// Nobody was listening, or the name could not be resolved.
    Refused,
    /// The peer ended the connection in an orderly way.
    Closed,
    /// The peer reset the connection.
    Reset,
    /// Nothing more came until whoever waited gave up.
    TimedOut,
    /// What came is not HTTP.
    Malformed,
}

impl Disconnect {
    /// What became of the connection.
    pub fn kind(&self) -> DisconnectKind {
        self.kind
    }

    /// Whether the whole request had reached the emulator. If not, it was
    /// certainly not applied.
    pub fn request_was_read(&self) -> bool {
        self.request_was_read
    }

    /// The status line and headers, if they arrived before the connection died.
    pub fn head(&self) -> Option<&Parts> {
        self.head.as_deref()
    }

    /// Gives the status line and headers away.
    pub fn into_head(self) -> Option<Parts> {
        self.head.map(|head| *head)
    }
}

impl fmt::Display for Disconnect {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self.kind {
            DisconnectKind::Refused => "connection refused",
            DisconnectKind::Closed => "connection closed",
            DisconnectKind::Reset => "connection reset",
            DisconnectKind::TimedOut => "timed out",
            DisconnectKind::Malformed => "malformed response",
        })?;
        out.write_str(match (&self.head, self.request_was_read) {
            (Some(_), _) => " after the response head",
            (None, true) => " after the request was read",
            (None, false) => " before the request was read",
        })
    }
}

impl Error for Disconnect {}
