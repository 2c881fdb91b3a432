//! The values of the column `known`: what is known of the attempts for an id
//! without a ticket.

use gorgias::journal::Left;

/// A value of the column `known`. It changes only from less to more doubt,
/// except to [`FREED`], which a person asks for.
pub(crate) type Known = i64;

/// No earlier claim sent a request.
pub(crate) const NOTHING: Known = 0;

/// An earlier claim may have sent a request.
pub(crate) const INTERRUPTED: Known = 1;

/// A request was sent, and its delivery is unknown.
pub(crate) const IN_DOUBT: Known = 2;

/// The ticket exists, and its id is unknown.
pub(crate) const APPLIED: Known = 3;

/// It was in doubt, the ticket was proven to be missing, and a person chose to
/// send again.
pub(crate) const FREED: Known = 4;

pub(crate) fn left(known: Known) -> Left {
    match known {
        IN_DOUBT => Left::InDoubt,
        APPLIED => Left::Applied,
        FREED => Left::Freed,
        _ => Left::Interrupted,
    }
}
