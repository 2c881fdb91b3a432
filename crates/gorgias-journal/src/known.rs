//! What is known of the attempts of an entry without a ticket.

use gorgias::journal::Left;

/// As the column `known` has it. It only ever goes from less to more doubt,
/// other than by [`FREED`], which somebody asked for.
pub(crate) type Known = i64;

/// Nobody sent anything before the claim.
pub(crate) const NOTHING: Known = 0;

/// An earlier holder may have sent something.
pub(crate) const INTERRUPTED: Known = 1;

/// A request was sent, and what came of it isn't known.
pub(crate) const IN_DOUBT: Known = 2;

/// The ticket exists, and its id isn't known.
pub(crate) const APPLIED: Known = 3;

/// It was in doubt, absence was proven, and somebody chose to send again.
pub(crate) const FREED: Known = 4;

pub(crate) fn left(known: Known) -> Left {
    match known {
        IN_DOUBT => Left::InDoubt,
        APPLIED => Left::Applied,
        FREED => Left::Freed,
        _ => Left::Interrupted,
    }
}
