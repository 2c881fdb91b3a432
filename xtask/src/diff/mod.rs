//! Reviewing a change of the document: `cargo xtask diff`.
//!
//! [`wire`] says what changes for the service's callers. Everything else here
//! finds the two documents and presents what was found.

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
mod explain;
mod git;
mod locate;
mod need;
mod promises;
mod report;
mod review;
pub mod rules_page;
pub mod rust;
mod versions;
pub mod wire;

pub use arguments::Arguments;
pub use review::run;
