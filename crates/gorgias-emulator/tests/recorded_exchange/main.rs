//! Compares the emulator's answers with exchanges recorded at the service: the
//! same keys in the same order, and the same types of values.

mod august_2026;
mod february_2025;
mod steps;
#[path = "../support/mod.rs"]
mod support;
