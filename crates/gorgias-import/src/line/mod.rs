//! Turns a line of text into a ticket that may be sent. [`check`] does it, and is the place to
//! start. [`lines`] reads the lines, [`rules`] has the options, [`ids`] finds or makes the
//! external id, [`members`] removes the member that an id is made from, [`sending`] finds
//! messages that the helpdesk would send, and [`schema`] has the JSON Schema of a line.

mod check;
mod ids;
mod lines;
mod members;
mod rules;
mod schema;
mod sending;

pub(crate) use self::check::{Checked, time};
pub(crate) use self::lines::{Input, Lines, RawLine};
pub use self::rules::{InvalidRules, Rules};
pub use self::schema::nearest_value;
pub use self::sending::would_be_sent;
