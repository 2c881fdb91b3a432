//! From a line of text to a ticket that may be sent.

mod check;
mod lines;
mod members;
mod rules;
pub(crate) mod schema;
mod sending;

pub(crate) use self::check::Checked;
pub(crate) use self::lines::{Lines, RawLine};
pub use self::rules::{InvalidRules, Rules};
pub use self::schema::{known_values, nearest_value};
pub use self::sending::would_be_sent;
