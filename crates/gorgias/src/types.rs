//! What is sent and what the service answers with, and the value sets of both.
//!
//! These types are generated from the API's document. Of an answer every field
//! but the id may be missing, values that aren't known yet are kept, and so are
//! fields. The structs and enums are marked non-exhaustive: new fields and
//! values come with minor releases.

pub use gorgias_api::types::*;
