//! Tests of the generated code and of the findings.

mod constructs;
mod documents;
mod goldens;
mod goldens_compile;
mod hard_shapes;
mod refusals;

// The code of the goldens refers to `crate::support`.
#[path = "../../../gorgias-api/src/support/mod.rs"]
#[allow(dead_code, missing_docs, unused_imports)]
mod support;
