//! Compares two OpenAPI 3.0 documents and says what the change means to the
//! service's callers.
//!
//! Start reading at `compare`. `interface` and `message` walk both documents
//! from their operations and follow every reference; `schema` compares the
//! schemas that messages lead to. `both` keeps corresponding parts of the two
//! documents in pairs, and matches lists. The law ([`law`]) judges each difference by
//! its effect on the set of allowed messages, and by the sender of the messages.
//! `coverage` then compares the texts as they are written, so that no difference goes
//! unreported.

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
mod coverage;
mod document;
pub mod explain;
mod interface;
pub mod law;
mod message;
mod reach;
pub mod rules;
pub mod rules_page;
mod schema;
mod session;
mod spread;
mod untouched;

pub use change::{Change, Directions, Wire, WireVerdict};
pub use compare::compare;
