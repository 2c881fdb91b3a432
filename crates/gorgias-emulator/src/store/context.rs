//! The facts that a write of the store needs and that aren't in its body.

use crate::timestamp::Timestamp;

/// The facts that a write needs and that aren't in its body.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Context<'a> {
    /// The caller: an agent's e-mail address, or none for an application.
    pub(crate) caller: Option<&'a str>,
    pub(crate) now: Timestamp,
    /// The time from which lists show the ticket.
    pub(crate) visible: Timestamp,
}
