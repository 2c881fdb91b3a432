//! Exit codes. Scripts depend on these numbers.

use std::process::ExitCode;

use gorgias::{Delivery, Error, ErrorKind};

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    Done = 0,
    Unexpected = 1,
    /// The usage or the input is not valid, and nothing was sent.
    Invalid = 2,
    /// The service refused the request.
    Rejected = 3,
    /// A ticket may exist, or a change may have been applied.
    InDoubt = 4,
    /// Nothing was sent, the network failed during a read, or an import ended early.
    NotSent = 5,
}

impl Exit {
    /// The code after a failed write. It depends on what became of the request.
    pub(crate) fn of_write(error: &Error) -> Self {
        // The service can also refuse a look-up before the ticket is sent. A 408 isn't a
        // refusal, because a gateway sends it when it has waited too long.
        let refused = error.kind() != ErrorKind::Service
            && error
                .status()
                .is_some_and(|status| status.is_client_error());
        match (error.kind(), error.delivery()) {
            (ErrorKind::Configuration | ErrorKind::InvalidRequest, _) => Self::Invalid,
            (ErrorKind::KeyReused, _) => Self::Invalid,
            (_, Delivery::NotSent) if refused => Self::Rejected,
            (_, Delivery::NotSent) => Self::NotSent,
            (_, Delivery::Rejected) => Self::Rejected,
            _ => Self::InDoubt,
        }
    }

    /// The code after a failed read, which leaves nothing in doubt: the service refused,
    /// the network failed, or something unexpected happened.
    pub(crate) fn of_read(error: &Error) -> Self {
        match (error.kind(), error.delivery()) {
            (ErrorKind::Configuration | ErrorKind::InvalidRequest, _) => Self::Invalid,
            (_, Delivery::NotSent) => Self::NotSent,
            (_, Delivery::Rejected) => Self::Rejected,
            (ErrorKind::Timeout | ErrorKind::Transport, _) => Self::NotSent,
            _ => Self::Unexpected,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
