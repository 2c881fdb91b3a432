//! The delivery of a request that failed: whether the request was sent, and whether
//! it was applied.

mod classify;
mod external_id;
mod in_doubt;

use std::fmt;

pub(crate) use self::classify::{of_failure, of_head};
#[doc(hidden)]
pub use self::external_id::hex;
pub use self::external_id::{ExternalId, InvalidExternalId};
pub use self::in_doubt::InDoubt;

/// Whether a failed write was sent and applied, as far as that is known.
///
/// The service has no idempotency key, so the delivery decides what a caller
/// may do next. Only after [`NotSent`](Delivery::NotSent) and
/// [`Rejected`](Delivery::Rejected) is it safe to send the same request again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Delivery {
    /// Nothing reached the service: the request was refused on this side, or
    /// no connection was made.
    NotSent,
    /// The service answered that it did not apply the write.
    Rejected,
    /// The service answered that it applied the write, but the answer couldn't
    /// be read in full. A resource to be created exists.
    Applied,
    /// The request was sent, and no answer says whether it was applied. A
    /// resource to be created may exist, or may yet appear.
    Unknown,
}

impl Delivery {
    /// Whether the same request can be sent again without being applied twice.
    #[must_use]
    pub fn is_safe_to_resend(self) -> bool {
        matches!(self, Self::NotSent | Self::Rejected)
    }
}

impl fmt::Display for Delivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotSent => "not sent",
            Self::Rejected => "rejected",
            Self::Applied => "applied",
            Self::Unknown => "unknown",
        })
    }
}
