//! Compares OpenAPI 3.0 documents, and says what changes for the service's
//! callers.
//!
//! Both documents are walked from their operations, every reference is
//! followed, and each difference is judged by one law ([`law`]): what it does
//! to the set of allowed messages, and who sends them. Then the texts are
//! compared as they are written, so that no difference goes by unreported
//! (`account`).

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
