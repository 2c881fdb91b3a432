//! Reads OpenAPI 3.0 documents, and knows their structure.
//!
//! Start reading at [`load`], which returns a document as a [`serde_json::Value`].
//! [`structure`] is the table of OpenAPI's objects and their fields, and [`walk`] visits the
//! objects of a document by this table. [`sites`] finds the schemas of a document,
//! [`operations`] its operations, and [`MessageComponents`] the components that requests and
//! responses contain. [`merged`] merges a schema with its `allOf`. [`lines`] finds the line of
//! a JSON pointer in the text, and [`sample`] generates documents for tests and measurements.

pub mod lines;
pub mod load;
mod merge;
mod message_components;
mod operations;
mod pointer;
mod references;
pub mod sample;
pub mod sites;
pub mod structure;
pub mod walk;

pub use merge::merged;
pub use message_components::{MessageComponents, reachable};
pub use operations::{Operation, operations};
pub use pointer::{at, escape, is_true, list, members, steps, unescape};
pub use references::{SCHEMAS, component, reference, reference_of, resolve};
pub use structure::{LIMITS, METHODS, is_success};
