//! Generates a Rust client from an OpenAPI document. [`pipeline`] runs the
//! stages in order: [`lint`], [`lower`], [`generate`], [`polish`],
//! [`validation`], `calls`, [`emit`]. Start reading there.
//!
//! [`outline`] writes the document in a short form for reviewers. [`setters`] generates the
//! setters of the `gorgias` crate. [`json_schema`] converts a component to JSON Schema.

mod bisect;
mod calls;
mod components;
pub mod emit;
pub mod generate;
pub mod json_schema;
pub mod lint;
pub mod lower;
mod malformed;
mod marks;
mod names;
pub mod operations;
pub mod outline;
pub mod pipeline;
pub mod polish;
mod query;
pub mod setters;
pub mod supported;
pub mod syntax;
pub mod validation;
