//! The commands of `cargo xtask`, which maintainers run. Each command is in the module of the
//! same name. Start reading at [`regen`], which generates code from the API document, or at
//! [`diff`], which reviews a change of the document. Both leave the work to `spec-codegen` and
//! `spec-diff`; this crate reads and writes files, and runs other programs.

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
