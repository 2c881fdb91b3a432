//! What the workspace's maintainers run: the pipeline from the OpenAPI document
//! to the generated client, and the review of changes to that document.

pub mod api;
pub mod bench;
pub mod conformance;
mod culprit;
pub mod diff;
pub mod emit;
pub mod generate;
pub mod lint;
pub mod load;
pub mod lower;
mod merge;
mod names;
pub mod outline;
pub mod pipeline;
pub mod polish;
pub mod reference;
pub mod regen;
mod shape;
pub mod sites;
pub mod standalone;
pub mod tools;
pub mod validation;
