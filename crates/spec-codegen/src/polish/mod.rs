//! Adapts the generator's code to the API that we promise, in passes.
//!
//! If a pass changes nothing for our own document, the run fails, because the pass is
//! obsolete. [`finish`] runs last, on the code of all stages.

mod debug;
mod docs;
pub(crate) mod kind;
mod lenient;
pub mod message_types;
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

/// Runs every pass. Returns the names of the passes that changed nothing.
pub fn polish(file: &mut File) -> Vec<&'static str> {
    run(&PASSES, file)
}

/// Shortens paths and formats docs, after all code was generated.
pub fn finish(file: &mut File) {
    short_names::run(file);
    docs::run(file);
}
