//! Compares two OpenAPI 3.0 documents, and decides whether the change breaks the service's
//! callers.
//!
//! Start reading at `compare`. `interface` and `message` compare both documents
//! from their operations onwards and follow every reference. `schema` compares the
//! schemas of the messages. `both` keeps corresponding parts of the two documents in
//! pairs, and matches lists. [`compatibility`] judges each difference by its effect on
//! the set of allowed messages, and by the sender of the messages. `text_diff` then
//! compares the texts of both documents, so that every difference is reported.

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

mod both;
mod change;
mod collect;
mod compare;
pub mod compatibility;
mod document;
pub mod explain;
mod interface;
mod message;
mod propagation;
mod reach;
pub mod rules;
pub mod rules_page;
mod schema;
mod session;
mod text_diff;
mod untouched;

pub use change::{Change, Wire};
pub use compare::compare;
