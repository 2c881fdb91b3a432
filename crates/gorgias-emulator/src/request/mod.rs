//! Decodes the bodies of requests about tickets.
//!
//! The document has accepted them before, so nothing is checked here.

mod loaded;
mod person;
mod ticket;

pub(crate) use loaded::{Loaded, LoadedTag};
pub(crate) use person::{NewChannel, NewPerson, integer};
pub(crate) use ticket::{Attachment, NewMessage, NewTag, NewTicket};
