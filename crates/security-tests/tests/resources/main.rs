//! What a hostile service can cost.

mod flood;
mod headers;
mod json;
mod slow;
