//! What documents become: code, or what the lint says.

mod goldens;
mod goldens_compile;
mod refusals;

// The code of the goldens looks for it at the root.
#[path = "../../../gorgias-api/src/support/mod.rs"]
#[allow(dead_code, missing_docs, unused_imports)]
mod support;
