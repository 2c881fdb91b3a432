//! The result of a look-up.

use std::fmt;

use gorgias_runtime::{Error, ErrorKind, Metadata};

use super::item::{Defect, has_more_text};

/// Whether a ticket, message or customer with a key exists.
#[derive(Debug)]
pub(crate) enum Evidence {
    /// The item exists.
    Found(Found),
    /// The item doesn't exist: the service's list lacks it, and the answer was
    /// complete.
    ProvenAbsent,
    /// The answer proves neither.
    None(NoEvidence),
}

/// The id of the ticket, message or customer that was found. If several have the key,
/// `id` is the one that was created first, and `duplicates` are the others.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) id: i64,
    pub(crate) duplicates: Vec<i64>,
}

impl Found {
    /// Creates the result for an item without duplicates.
    pub(crate) fn alone(id: i64) -> Self {
        Self {
            id,
            duplicates: Vec::new(),
        }
    }
}

impl Reason {
    /// Returns why a page proves no absence: an item that can't be read, more text
    /// after the list, or a status other than 200.
    pub(crate) fn of_page(defect: Option<Defect>, metadata: &Metadata) -> Option<Self> {
        let more_text = has_more_text(metadata.body()).then_some(Defect::MoreText);
        let status = metadata.status().as_u16();
        let status = (status != 200).then_some(Self::Status(status));
        defect.or(more_text).map(Self::Item).or(status)
    }
}

impl Evidence {
    /// Decides what is proven. `doubt` is the reason, if any, why the list proves no
    /// absence.
    pub(crate) fn of(mut found: Vec<i64>, doubt: Option<Reason>, noun: &'static str) -> Self {
        found.sort_unstable();
        found.dedup();
        match (found.split_first(), doubt) {
            (Some((first, others)), _) => Self::Found(Found {
                id: *first,
                duplicates: others.to_vec(),
            }),
            (None, None) => Self::ProvenAbsent,
            (None, Some(reason)) => Self::None(NoEvidence::new(reason, noun)),
        }
    }

    /// Turns an error into an answer that proves nothing, if the status was a
    /// success and the body is no list. Returns other errors.
    pub(super) fn of_error(error: Error, noun: &'static str) -> Result<Self, Error> {
        let is_no_list = error.kind() == ErrorKind::UnexpectedResponse
            && error.status().is_some_and(|status| status.is_success());
        if is_no_list {
            Ok(Self::None(NoEvidence::of_error(error, noun)))
        } else {
            Err(error)
        }
    }

    /// Returns what was found, or `None` if the absence is proven.
    ///
    /// # Errors
    ///
    /// When neither is proven.
    pub(crate) fn proven(self) -> Result<Option<Found>, Error> {
        match self {
            Self::Found(found) => Ok(Some(found)),
            Self::ProvenAbsent => Ok(None),
            Self::None(none) => Err(none.into_error()),
        }
    }
}

/// The reason why an answer of the service proves nothing. `Display` writes it.
#[derive(Debug)]
pub struct NoEvidence {
    reason: Reason,
    /// The word for what was looked for: ticket, message or customer.
    noun: &'static str,
    error: Option<Error>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reason {
    NoList,
    /// The status is a success other than 200.
    Status(u16),
    Item(Defect),
    /// A page leads back to one that was read before.
    Repeats,
    TooLong,
    /// The service doesn't filter by the key that is looked for.
    Unfiltered,
    /// A page lacks its number or the number of pages.
    Pages,
    /// The list has another number of items than the answer says.
    Count,
    /// An item belongs to another ticket than the one asked for.
    OtherTicket,
}

impl NoEvidence {
    pub(crate) fn new(reason: Reason, noun: &'static str) -> Self {
        Self {
            reason,
            noun,
            error: None,
        }
    }

    /// Creates the reason for an answer that is no list at all.
    fn of_error(error: Error, noun: &'static str) -> Self {
        Self {
            reason: Reason::NoList,
            noun,
            error: Some(error),
        }
    }

    /// Whether the reason may be gone at the next look-up.
    pub(super) fn may_pass(&self) -> bool {
        matches!(
            self.reason,
            Reason::NoList | Reason::Status(_) | Reason::Item(_) | Reason::Count
        )
    }

    /// Whether the reason is that the service doesn't filter as asked.
    pub(crate) fn is_of_filter(&self) -> bool {
        self.reason == Reason::Unfiltered
    }

    /// Returns the error message that the service sent in place of the list, if
    /// there is one.
    #[must_use]
    pub fn service_message(&self) -> Option<&str> {
        self.error.as_ref()?.service_message()
    }

    /// Converts the reason into an error, with the reply that was no list if
    /// there is one.
    fn into_error(self) -> Error {
        let reason = Self::new(self.reason, self.noun);
        Error::no_evidence(self.error, reason)
    }
}

impl fmt::Display for NoEvidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let noun = self.noun;
        match self.reason {
            Reason::NoList => write!(f, "the answer to the look-up is no list of {noun}s"),
            Reason::Status(status) => write!(
                f,
                "the answer to the look-up has status {status}, and not 200"
            ),
            Reason::Item(defect) => match defect {
                Defect::Item => write!(f, "the list has an item that is no {noun}"),
                Defect::Id => write!(f, "the list has a {noun} whose id can't be read"),
                Defect::MoreText => f.write_str("more text follows the list in the answer"),
                Defect::ExternalId => {
                    write!(f, "the list has a {noun} whose external id can't be read")
                }
                Defect::Address => {
                    write!(f, "the list has a {noun} whose address can't be read")
                }
            },
            Reason::Repeats => f.write_str("the list leads back to a page that was read before"),
            Reason::TooLong => f.write_str("the list is too long to be read to its end"),
            Reason::Unfiltered => {
                write!(
                    f,
                    "the list has {noun}s that the filter of the request should have left out"
                )
            }
            Reason::Pages => f.write_str("the list lacks its page number or the number of pages"),
            Reason::Count => {
                write!(
                    f,
                    "the list has a different number of {noun}s than the answer says"
                )
            }
            Reason::OtherTicket => write!(f, "the list has a {noun} of another ticket"),
        }
    }
}

impl std::error::Error for NoEvidence {}
