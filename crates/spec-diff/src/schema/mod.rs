//! Compares schemas.
//!
//! Two schemas are compared once, however many operations lead to them. `pairs`
//! keeps the comparisons and which leads to which. Afterwards `spread` finds the
//! operations and directions that lead to each comparison. `read` turns the schemas of a
//! place into a `shape`: references followed, `allOf` members merged, each
//! keyword with the node it comes from. `compare` then calls one module for
//! each concern.

mod bounds;
mod compare;
mod comparison;
mod deprecation;
mod facts;
mod implied;
mod kinds;
mod members;
mod newly_allowed;
mod nulls;
mod number;
mod objects;
mod overlaps;
mod pairs;
mod properties;
mod read;
mod scalars;
mod sets;
mod shape;
mod similar;
mod strings;
mod types;
mod unions;
mod values;

pub use compare::compare_all;
pub use pairs::{Form, PairId, Pairs, Place};
pub use read::is_scalar;
pub use similar::without_documentation;
