//! What a look-up comes to.

use std::fmt;

use gorgias_runtime::Error;

use super::page::Defect;

/// Whether a ticket with an external id exists, from
/// [`Tickets::look_up`](crate::Tickets::look_up).
#[derive(Debug)]
#[non_exhaustive]
pub enum LookUp {
    /// A ticket has the external id.
    Found {
        /// Its id. Of several, the lowest: the one that was created first.
        ticket_id: i64,
        /// The others, in order. They are for a person to look into.
        duplicates: Vec<i64>,
    },
    /// The service's list has no such ticket, and the answer was whole.
    ///
    /// A ticket that was created a moment ago may be missing from the list
    /// all the same.
    ProvenAbsent,
    /// The answer doesn't tell. The ticket may exist.
    NoEvidence(NoEvidence),
}

/// Why an answer of the service proves nothing. Its text says so.
#[derive(Debug)]
pub struct NoEvidence {
    reason: Reason,
    error: Option<Error>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reason {
    NoList,
    Status(u16),
    Item(Defect),
    Repeats,
    TooLong,
    UnfitFilter,
}

impl NoEvidence {
    pub(super) fn new(reason: Reason) -> Self {
        Self {
            reason,
            error: None,
        }
    }

    /// An answer that is no list at all.
    pub(super) fn of_error(error: Error) -> Self {
        Self {
            reason: Reason::NoList,
            error: Some(error),
        }
    }

    /// Whether the next answer may tell more.
    pub(super) fn may_pass(&self) -> bool {
        matches!(self.reason, Reason::Status(_) | Reason::Item(_))
    }

    /// Whether the service doesn't filter as it was asked to.
    pub(super) fn is_of_filter(&self) -> bool {
        self.reason == Reason::UnfitFilter
    }

    /// What the service said in place of an answer, if anything.
    #[must_use]
    pub fn service_message(&self) -> Option<&str> {
        self.error.as_ref()?.service_message()
    }

    /// The error of the request, if the answer was no list.
    pub(crate) fn into_error(self) -> (Option<Error>, Self) {
        let reason = Self::new(self.reason);
        (self.error, reason)
    }
}

impl fmt::Display for NoEvidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.reason {
            Reason::NoList => f.write_str("the answer to the look-up is no list of tickets"),
            Reason::Status(status) => write!(
                f,
                "the answer to the look-up has status {status}, and not 200"
            ),
            Reason::Item(defect) => f.write_str(match defect {
                Defect::Item => "the list has an item that is no ticket",
                Defect::Id => "the list has a ticket whose id can't be read",
                Defect::MoreText => "there is more in the answer than the list",
                Defect::ExternalId => "the list has a ticket whose external id can't be read",
            }),
            Reason::Repeats => f.write_str("the list leads back to a page that was read before"),
            Reason::TooLong => f.write_str("the list is too long to be read to its end"),
            Reason::UnfitFilter => {
                f.write_str("the list has tickets of other external ids than the one asked for")
            }
        }
    }
}

impl std::error::Error for NoEvidence {}
