//! Reads OpenAPI 3.0 documents, and knows their structure.
//!
//! A document is a [`serde_json::Value`] from [`load`]. [`structure`] is the
//! table of the objects that OpenAPI has and of their fields, and [`walk`]
//! visits the objects of a document by this table. [`sites`] finds the schemas
//! of a document, [`operations`] its operations, [`Reach`] the components that
//! requests and responses lead to, and [`merged`] merges a schema with its
//! `allOf`. [`lines`] finds the line of a JSON pointer in the text, and
//! [`sample`] generates documents for tests and measurements.

pub mod lines;
pub mod load;
mod merge;
mod operations;
mod pointer;
mod reach;
mod references;
pub mod sample;
pub mod sites;
pub mod structure;
pub mod walk;

pub use merge::merged;
pub use operations::{Operation, operations};
pub use pointer::{at, escape, is_true, list, members, steps, unescape};
pub use reach::{Reach, reachable};
pub use references::{SCHEMAS, component, reference, reference_of, resolve};
pub use structure::{METHODS, is_success};
