//! The commands that read and change a ticket that there is.

mod adding;
pub(super) mod close;
pub(super) mod delete;
pub(super) mod messages;
pub(super) mod note;
pub(super) mod reply;
pub(super) mod tags;
pub(super) mod update;

use gorgias::Response;
use gorgias::types::Ticket;

use super::write::WriteArguments;
use crate::failure::Failure;
use crate::output::show;

/// Prints a ticket as it is after a change, if it was changed.
fn show_ticket(ticket: Option<Response<Ticket>>, write: &WriteArguments) -> Result<(), Failure> {
    match ticket {
        Some(ticket) => show(&ticket, ticket.metadata(), write.output.format()),
        None => Ok(()),
    }
}
