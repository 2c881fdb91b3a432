//! What the workspace's maintainers run: from the API document to the generated
//! code, and the review of a change. The work is done in `spec-codegen` and
//! `spec-diff`; here is what reads and writes files and runs other programs.

pub mod api;
pub mod bench;
pub mod conformance;
pub mod diff;
pub mod docs;
pub mod files;
mod process;
pub mod regen;
pub mod standalone;
mod tools;
pub mod version;
pub mod workspace;
