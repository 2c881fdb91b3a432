//! The command `bench`: what the crates cost, beside what they are made of.

pub mod build_cost;
pub mod document;
pub mod measure;
pub mod scaling;

pub use measure::{Measure, Target, Unit};
