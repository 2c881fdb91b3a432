//! The bodies of requests about tickets, as they are read.
//!
//! They are decoded after the document accepted them, so this only has to pick
//! values up.

mod loaded;
mod person;
mod ticket;

pub(crate) use loaded::{Loaded, LoadedTag};
pub(crate) use person::{NewChannel, NewPerson, integer};
pub(crate) use ticket::{Attachment, NewMessage, NewTag, NewTicket};
