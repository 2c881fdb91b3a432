//! Turns a line of text into a ticket that may be sent: `lines` reads, `rules`
//! has the options, `ids` finds or makes the external id, and `check` applies all
//! checks.

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
