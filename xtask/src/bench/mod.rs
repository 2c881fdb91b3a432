//! The command `bench`: what the crates cost, beside what they are made of.

pub mod measure;

pub use measure::{Measure, Target, Unit};
