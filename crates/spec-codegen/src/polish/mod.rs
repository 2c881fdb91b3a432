//! Adapts the generator's code to the API that we promise, in passes.
//!
//! A pass that changes nothing for our own document is obsolete, and makes the
//! run fail. [`finish`] runs last, on the code of all stages.

mod debug;
mod docs;
pub(crate) mod kind;
mod lenient;
mod message_types;
mod non_exhaustive;
mod open_enums;
pub mod options;
mod requests;
mod short_names;

use syn::File;

use crate::lower::{Pass, run};

/// The passes in order.
const PASSES: [Pass<File>; 5] = [
    Pass::ours("setters of sent types", requests::run),
    Pass::ours("open enums", open_enums::run),
    Pass::ours("lenient readers", lenient::run),
    Pass::ours("non-exhaustive types", non_exhaustive::run),
    Pass::ours("debug output without text", debug::run),
];

/// Runs every pass. Returns the names of passes that our own document should
/// need and that changed nothing.
pub fn polish(file: &mut File) -> Vec<&'static str> {
    run(&PASSES, file)
}

/// Shortens paths and formats docs. Runs when all code is generated.
pub fn finish(file: &mut File) {
    short_names::run(file);
    docs::run(file);
}
