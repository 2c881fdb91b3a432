//! Comparing schemas.
//!
//! Two places that hold schemas are compared once, however many operations
//! lead there: [`pairs`] remembers what was compared and what leads to what,
//! and [`spread`](super::spread) carries the operations and directions down
//! afterwards. A place is compared as what it amounts to ([`shape`], [`read`]): its
//! references followed and its `allOf` members taken together, each keyword
//! remembering where it stands.

mod bounds;
mod compare;
mod comparison;
mod deprecation;
mod facts;
mod implied;
mod kinds;
mod members;
mod nulls;
mod number;
mod objects;
mod overlaps;
mod pairs;
mod properties;
mod read;
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
