//! Exchanges recorded at the service, and what the emulator answers in the same
//! place: the same keys in the same order, and the same kinds of values.

mod august_2026;
mod february_2025;
mod steps;
#[path = "../support/mod.rs"]
mod support;
