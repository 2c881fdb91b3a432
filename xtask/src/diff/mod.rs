//! Reviewing a change of the document: `cargo xtask diff`.
//!
//! [`spec_diff`] says what changes for the service's callers, [`rust`] what
//! changes for the crates' users. Everything else here finds the two documents
//! and presents what was found.

#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects
    )
)]

mod accepted;
mod arguments;
mod changelog;
mod documents;
mod git;
mod need;
mod promises;
mod report;
mod review;
pub mod rust;
mod versions;

pub use arguments::Arguments;
pub use review::run;
