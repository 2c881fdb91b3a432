//! Exports of Zendesk.
//!
//! The account's export as JSON is described in
//! <https://support.zendesk.com/hc/en-us/articles/4408886165402>, the objects
//! in it and what the incremental API gives in
//! <https://developer.zendesk.com/api-reference/ticketing/tickets/tickets/>,
//! `…/tickets/ticket_comments/`, `…/users/users/` and
//! `…/ticket-management/incremental_exports/`.

mod comment;
mod comments;
mod index_comments;
mod index_tickets;
mod members;
mod people;
mod records;
mod references;
mod ticket;
mod values;

pub(crate) use self::index_comments::index_comments;
pub(crate) use self::index_tickets::{TICKETS, index_tickets};
pub(crate) use self::people::index_people;
pub(crate) use self::records::parsed;
pub(crate) use self::ticket::{Read, TicketReader, id};

/// The ends of the names of hosts that have an account's files.
pub(crate) const HOSTS: &[&str] = &[".zendesk.com", ".zdusercontent.com"];

/// The beginning of the paths of files on those hosts.
pub(crate) const FILES: &str = "/attachments/";
