//! The error of an import that ended early.

use std::{fmt, io};

use crate::observer::ObserverError;
use crate::summary::{Ended, Summary};

/// The error of an import that ended early: before all lines had an outcome, or during
/// the audit. Run the import again with the
/// same input and journal: it continues where this run ended.
#[derive(Debug)]
pub struct Halted(Box<Inner>);

#[derive(Debug)]
struct Inner {
    reason: Reason,
    summary: Summary,
}

/// Why an import ended early.
#[derive(Debug)]
#[non_exhaustive]
pub enum Reason {
    /// The future of [`Import::stop_on`](crate::Import::stop_on) completed.
    Stopped,
    /// The input, or a file that it names, can't be read.
    Input(io::Error),
    /// The observer failed.
    Observer(ObserverError),
    /// Every other line would fail too: the credentials or the address are refused, or the
    /// journal failed.
    Client(gorgias::Error),
    /// The service refused several lines in a row with the same status. The credentials may not
    /// be allowed to create tickets, or a quota is used up. The error is that of the last line.
    RefusesAll(gorgias::Error),
    /// The service has not answered any request in this run. Its address may be wrong.
    NeverReached(gorgias::Error),
    /// The service didn't recover within
    /// [`Import::patience`](crate::Import::patience).
    Outage(gorgias::Error),
    /// The answers to look-ups proved nothing within
    /// [`Import::patience`](crate::Import::patience). The text says why.
    NoEvidence(String),
    /// The journal failed.
    Journal(gorgias::journal::JournalError),
    /// The temporary file with the external ids that the import has seen can't be read or
    /// written.
    Scratch(Box<dyn std::error::Error + Send + Sync>),
}

impl Reason {
    fn ended(&self) -> Ended {
        match self {
            Self::Stopped => Ended::Interrupted,
            Self::NeverReached(_) | Self::Outage(_) | Self::NoEvidence(_) => Ended::GaveUp,
            Self::RefusesAll(_) => Ended::Refused,
            Self::Client(error) if error.status().is_some() => Ended::Refused,
            Self::Client(_)
            | Self::Input(_)
            | Self::Observer(_)
            | Self::Journal(_)
            | Self::Scratch(_) => Ended::Failed,
        }
    }
}

impl Halted {
    pub(crate) fn new(reason: Reason, mut summary: Summary) -> Self {
        summary.ended = reason.ended();
        Self(Box::new(Inner { reason, summary }))
    }

    /// Returns why the import ended.
    #[must_use]
    pub fn reason(&self) -> &Reason {
        &self.0.reason
    }

    /// Returns the summary of what the import did before it ended.
    #[must_use]
    pub fn summary(&self) -> &Summary {
        &self.0.summary
    }
}

impl fmt::Display for Halted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.reason() {
            Reason::Stopped => "the import was stopped",
            Reason::Input(_) => "the input can't be read",
            Reason::Observer(_) => "the observer of the import failed",
            Reason::Client(_) => "the import can't go on",
            Reason::RefusesAll(_) => "the service refuses one line after the other",
            Reason::NeverReached(_) => "the service has not answered once",
            Reason::Outage(_) => "the service does not recover",
            Reason::NoEvidence(lack) => return write!(f, "look-ups prove nothing: {lack}"),
            Reason::Journal(_) => "the import can't go on without its journal",
            Reason::Scratch(_) => "the import can't store the external ids that it has seen",
        })
    }
}

impl std::error::Error for Halted {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self.reason() {
            Reason::Stopped | Reason::NoEvidence(_) => None,
            Reason::Input(error) => Some(error),
            Reason::Observer(error) | Reason::Scratch(error) => Some(&**error),
            Reason::Client(error)
            | Reason::RefusesAll(error)
            | Reason::NeverReached(error)
            | Reason::Outage(error) => Some(error),
            Reason::Journal(error) => Some(error),
        }
    }
}

impl From<rusqlite::Error> for Reason {
    fn from(error: rusqlite::Error) -> Self {
        Self::Scratch(Box::new(error))
    }
}

impl From<gorgias::journal::JournalError> for Reason {
    fn from(error: gorgias::journal::JournalError) -> Self {
        Self::Journal(error)
    }
}
