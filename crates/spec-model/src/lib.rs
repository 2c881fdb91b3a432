//! Reads OpenAPI 3.0 documents, and knows how they are built.
//!
//! A document is a [`serde_json::Value`] from [`load`]. [`structure`] is the
//! table of what OpenAPI puts where, and [`walk`] goes through a document by it.
//! [`sites`] finds the schemas of a document, [`Reach`] says which of them
//! requests and responses lead to, and [`merged`] takes a schema with its `allOf`
//! as one. [`lines`] leads from a JSON pointer back to the line of the text, and
//! [`sample`] makes documents for tests and measurements.

pub mod lines;
pub mod load;
mod merge;
mod pointer;
mod reach;
mod references;
pub mod sample;
pub mod sites;
pub mod structure;
pub mod walk;

pub use merge::merged;
pub use pointer::{at, escape, list, members, steps, unescape};
pub use reach::Reach;
pub use references::{SCHEMAS, reference, reference_of, resolve};
pub use structure::{METHODS, is_success};
