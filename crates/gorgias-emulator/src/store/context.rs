//! What the writes of the store depend on.

use crate::timestamp::Timestamp;

/// What a write depends on beside its body.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Context<'a> {
    /// The caller: an agent's e-mail address, or none for an application.
    pub(crate) caller: Option<&'a str>,
    pub(crate) now: Timestamp,
    /// The time from which lists show the ticket.
    pub(crate) visible: Timestamp,
}
