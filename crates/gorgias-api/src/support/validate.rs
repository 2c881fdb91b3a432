//! Checks requests against the document before they are sent.

pub use gorgias_runtime::{Violation, Violations};
// Code generated from another document may need items that ours doesn't.
#[allow(unused_imports)]
pub(crate) use gorgias_runtime::support::validate::{Checked, Field, Format, Pattern, Rule, check};
