//! Messages that are added to a ticket.
//!
//! [`call`] has the call of `reply`. [`send`] sends a message, for `reply` and
//! `reply_once`. [`look_up`] reads a ticket's messages to decide whether a reply
//! exists. [`results`] has the results of calls. `reply_once` itself is in `once`.

mod call;
mod look_up;
mod results;
mod send;
mod tickets;

pub use self::call::Reply;
pub(crate) use self::look_up::look_up;
pub use self::results::Replied;
pub(crate) use self::send::{prepare, send};
