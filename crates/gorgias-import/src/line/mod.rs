//! From a line of text to a ticket that may be sent.

mod check;
mod lines;
mod members;
mod rules;
mod sending;

pub(crate) use self::check::Checked;
pub(crate) use self::lines::{Lines, RawLine};
pub use self::rules::{InvalidRules, Rules};
