//! Reads the answers of the service. Start at `decode`, which reads a body;
//! `repair`, `lexer` and `shallow_id` are for bodies that a JSON parser refuses.
//! `typed` and `metadata` have the types that a caller gets.

pub(crate) mod content;
mod decode;
mod lexer;
mod metadata;
mod repair;
mod request_id;
mod shallow_id;
mod typed;

pub use decode::{Unreadable, bytes, json, json_bytes, json_if_any, list, nothing};
pub use metadata::Metadata;
pub(crate) use request_id::request_id;
pub use typed::Response;
