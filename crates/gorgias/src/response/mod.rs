//! Reading what the service answered.

pub(crate) mod content;
mod decode;
mod lexer;
mod metadata;
mod rate_limit;
mod repair;
mod request_id;
mod retry_after;
mod shallow_id;

pub(crate) use decode::{Unreadable, decode};
pub use metadata::Metadata;
pub use rate_limit::RateLimitSnapshot;
pub(crate) use request_id::request_id;
pub(crate) use retry_after::retry_after;
