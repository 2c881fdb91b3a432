//! Compares schemas.
//!
//! Two schemas are compared once, even if several operations lead to them. `pairs` keeps
//! the comparisons, and their edges: the comparisons of inner schemas. `read` merges the
//! schemas of a place into a `shape`: references are followed, `allOf` members are merged,
//! and each keyword keeps its node. `compare` then calls one module for each group of
//! keywords. At the end, `propagation` finds the operations and directions that reach each
//! comparison.

mod bounds;
mod compare;
mod comparison;
mod discriminators;
mod implied;
mod keywords;
mod kinds;
mod members;
mod newly_allowed;
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
mod types;
mod unions;
mod values;

pub use compare::compare_all;
pub use pairs::{PairId, Pairs, Place, Syntax};
pub use read::is_scalar;
pub use similar::without_documentation;
