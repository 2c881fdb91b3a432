//! The commands that read and change an existing ticket.

mod adding;
pub(super) mod close;
pub(super) mod delete;
pub(super) mod messages;
pub(super) mod note;
pub(super) mod reply;
pub(super) mod tags;
pub(super) mod update;
