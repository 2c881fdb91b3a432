//! Three files that have to be three.

use std::fs;
use std::path::{Path, PathBuf};

use super::arguments::ImportArguments;
use crate::failure::Failure;

/// Refuses an import that would write over what it reads, or over the journal
/// without which every ticket would be sent again.
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

/// Where a path leads, whether there is something yet or not.
fn place(path: &Path) -> PathBuf {
    if let Ok(place) = fs::canonicalize(path) {
        return place;
    }
    let folder = match path.parent() {
        Some(folder) if folder.as_os_str().is_empty() => Path::new("."),
        Some(folder) => folder,
        None => return path.to_owned(),
    };
    match (fs::canonicalize(folder), path.file_name()) {
        (Ok(folder), Some(name)) => folder.join(name),
        _ => path.to_owned(),
    }
}
