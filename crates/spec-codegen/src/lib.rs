//! Generates a client from an OpenAPI document, in stages that [`pipeline`]
//! puts in order: lint, lower, generate, polish, validation, calls, emit; and an
//! outline of the document beside it.

mod calls;
mod culprit;
pub mod emit;
pub mod generate;
pub mod json_schema;
pub mod lint;
pub mod lower;
mod names;
pub mod operations;
pub mod outline;
pub mod pipeline;
pub mod polish;
pub mod setters;
mod shape;
pub mod validation;
