//! Reviewing a change of the document: `cargo xtask diff`.
//!
//! [`spec_diff`] says what changes for the service's callers, [`rust`] what
//! changes for the crates' users. `check` holds both against the crates'
//! versions, the acknowledged breaks and the changelog, and `report` presents
//! what was found. `review` is the command: start there.

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
mod check;
mod comparison;
mod documents;
mod git;
mod need;
mod release;
mod report;
mod review;
pub mod rust;
mod subject;
mod to_do;
mod versions;

pub use arguments::Arguments;
pub use changelog::FILE as CHANGELOG;
pub use review::run;
