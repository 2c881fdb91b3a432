//! Messages that are added to a ticket.
//!
//! [`call`] has the call of `reply`. [`look_up`] reads a ticket's messages to decide
//! whether a reply exists. [`results`] has the results of calls. `reply_once` itself is
//! in `once`.

mod call;
mod look_up;
mod results;
mod tickets;

pub use self::call::Reply;
pub(crate) use self::look_up::look_up;
pub use self::results::Replied;
