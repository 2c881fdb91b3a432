//! The values of the column `known`: what is known of the attempts for an id
//! without a ticket.

use gorgias::journal::Left;

/// Returns what a value of the column means. None if no earlier claim sent a
/// request.
pub(crate) fn read(known: i64) -> Option<Left> {
    match known {
        0 => None,
        2 => Some(Left::InDoubt),
        3 => Some(Left::Applied),
        4 => Some(Left::Freed),
        _ => Some(Left::Interrupted),
    }
}

/// Returns the value for the column.
pub(crate) fn written(left: Option<Left>) -> i64 {
    match left {
        None => 0,
        Some(Left::InDoubt) => 2,
        Some(Left::Applied) => 3,
        Some(Left::Freed) => 4,
        Some(_) => 1,
    }
}
