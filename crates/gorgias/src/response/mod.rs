//! Reading what the service answered.

pub(crate) mod content;
mod decode;
mod lexer;
mod metadata;
mod repair;
mod request_id;
mod shallow_id;

pub(crate) use decode::{Unreadable, decode};
pub use metadata::Metadata;
pub(crate) use request_id::request_id;
