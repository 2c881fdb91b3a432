//! Checks requests against the document before they are sent.

pub use gorgias_runtime::{Violation, Violations};
// Another document may have limits that this one has not.
#[allow(unused_imports)]
pub(crate) use gorgias_runtime::support::validate::{Checked, Field, Format, Pattern, Rule, check};
