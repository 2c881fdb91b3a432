//! The command `diff`: reviews a change of the document.
//!
//! Start reading at `review`, which runs the command. [`spec_diff`] finds the changes for the
//! service's callers, and [`rust`] the changes for the crates' users. `check` compares both
//! with the crates' versions, the acknowledged breaks and the changelog. `report` renders the
//! result.

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
