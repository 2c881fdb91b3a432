//! Checking that input, report and journal are different files.

use std::path::Path;

use super::arguments::ImportArguments;
use crate::failure::Failure;
use crate::input::place;

/// Refuses an import that would write over its input or over its journal. Without the
/// journal every ticket would be sent again.
pub(super) fn check(arguments: &ImportArguments, journal: Option<&Path>) -> Result<(), Failure> {
    let (input, report) = (arguments.path(), arguments.report.as_deref());
    for (one, name, other, other_name) in [
        (report, "--report", input, "FILE"),
        (report, "--report", journal, "the journal"),
        (journal, "the journal", input, "FILE"),
    ] {
        let (Some(one), Some(other)) = (one, other) else {
            continue;
        };
        if place(one) == place(other) {
            return Err(Failure::invalid(format!(
                "{name} and {other_name} are the same file: {}",
                one.display()
            )));
        }
    }
    Ok(())
}
