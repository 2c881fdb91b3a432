//! Reads exports of Zendesk. [`TicketReader`] makes conversations, and is the place to start.
//!
//! <https://support.zendesk.com/hc/en-us/articles/4408886165402> describes the account's export
//! as JSON. <https://developer.zendesk.com/api-reference/ticketing/tickets/tickets/>,
//! `…/tickets/ticket_comments/` and `…/users/users/` describe its objects, and
//! `…/ticket-management/incremental_exports/` the incremental API.

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

/// The files of an account are on hosts whose names end with one of these.
pub(crate) const HOSTS: &[&str] = &[".zendesk.com", ".zdusercontent.com"];

/// The beginning of the paths of files on those hosts.
pub(crate) const FILES: &str = "/attachments/";
