//! Turns a line of text into a ticket that may be sent: `lines` reads, `rules`
//! has the options, and `check` applies all checks.

mod check;
mod lines;
mod members;
mod rules;
pub(crate) mod schema;
mod sending;

pub(crate) use self::check::Checked;
pub(crate) use self::lines::{Lines, RawLine};
pub use self::rules::{InvalidRules, Rules};
pub use self::schema::nearest_value;
pub use self::sending::would_be_sent;
