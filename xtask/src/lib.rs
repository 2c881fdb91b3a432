//! The commands of `cargo xtask`, which maintainers run: from the API document
//! to the generated code, and the review of a change. Each command is a module
//! of its name. `spec-codegen` and `spec-diff` do the work; this crate reads
//! and writes files and runs other programs.

pub mod api;
pub mod bench;
pub mod conformance;
pub mod diff;
pub mod docs;
pub mod files;
mod findings;
mod large_stack;
mod process;
pub mod regen;
mod server;
pub mod standalone;
mod strict_types;
mod tools;
pub mod version;
pub mod workspace;
