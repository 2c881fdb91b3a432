//! Checks that a command doesn't overwrite one of its own files.

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::Failure;

/// The name of a file in an error, and the file's path if there is one.
pub(super) type NamedFile<'a> = (&'a str, Option<&'a Path>);

/// Fails if a file that is to be written is one of the others.
pub(super) fn refuse_same(
    (name, written): NamedFile<'_>,
    others: &[NamedFile<'_>],
) -> Result<(), Failure> {
    let Some(written) = written else {
        return Ok(());
    };
    let path = canonical(written);
    let is_same = |other: Option<&Path>| other.is_some_and(|other| canonical(other) == path);
    match others.iter().find(|(_, other)| is_same(*other)) {
        Some((other, _)) => Err(Failure::invalid(format!(
            "{name} and {other} are the same file: {}",
            written.display()
        ))),
        None => Ok(()),
    }
}

/// The canonical form of a path, also of a file that doesn't exist yet.
fn canonical(path: &Path) -> PathBuf {
    if let Ok(path) = fs::canonicalize(path) {
        return path;
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
