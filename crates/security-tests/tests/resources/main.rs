//! Tests of the time and memory that a hostile service can cost.

mod flood;
mod headers;
mod json;
mod slow;
