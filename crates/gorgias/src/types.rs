//! The types of requests and answers, and the enums in both.
//!
//! These types are generated from the API's document. In an answer every field but
//! the id may be missing, and unknown values and fields are kept. The structs and
//! enums are marked non-exhaustive: new fields and values come with minor releases.

pub use gorgias_api::types::*;
