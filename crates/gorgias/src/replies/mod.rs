//! Messages that are added to a ticket.
//!
//! [`call`] has the call of `reply`, [`send`] what it has in common with
//! `reply_once`; [`look_up`] tells by a ticket's messages whether a reply is
//! there, and [`results`] has what calls return.

mod call;
mod look_up;
mod results;
mod send;
mod tickets;

pub use self::call::Reply;
pub(crate) use self::look_up::look_up;
pub use self::results::Replied;
pub(crate) use self::send::{prepare, send};
