//! The files of a conversion: checking them, and copying standard input to one.

use std::io;
use std::path::PathBuf;

use tempfile::NamedTempFile;

use super::arguments::ConvertArguments;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::input::{place, take_stdin};

/// Refuses arguments that contradict one another, and an output file that is also an
/// input.
pub(super) fn check(arguments: &ConvertArguments) -> Result<(), Failure> {
    for (name, paths) in [
        ("--users", &arguments.users),
        ("--organizations", &arguments.organizations),
        ("--comments", &arguments.comments),
    ] {
        if arguments.is_csv() && !paths.is_empty() {
            let problem = format!("{name} is for --from zendesk; a CSV file has all in one");
            return Err(Failure::invalid(problem));
        }
    }
    if let Some(folder) = arguments.files.as_deref().filter(|folder| !folder.is_dir()) {
        let problem = format!("--files {} is no folder", folder.display());
        return Err(Failure::invalid(problem));
    }
    let read = arguments.users.iter().chain(&arguments.organizations);
    let read = read.chain(&arguments.comments).chain(&arguments.map);
    let read: Vec<_> = read.chain([&arguments.input]).collect();
    let urls = arguments.urls.as_ref();
    for (name, written, others) in [
        (
            "--report",
            &arguments.report,
            [read.as_slice(), urls.as_slice()],
        ),
        ("--urls", &arguments.urls, [read.as_slice(), &[]]),
    ] {
        let is_same =
            |other: &&&PathBuf| written.as_ref().is_some_and(|it| place(it) == place(other));
        if let Some(other) = others.concat().iter().find(is_same) {
            let problem = format!("{name} is another file too: {}", other.display());
            return Err(Failure::invalid(problem));
        }
    }
    Ok(())
}

/// Standard input as a temporary file.
pub(super) fn copy_of_stdin() -> Result<NamedTempFile, Failure> {
    take_stdin()?;
    let failed = |error: io::Error| {
        Failure::new(
            Exit::Unexpected,
            format!("standard input can't be kept: {error}"),
        )
    };
    let mut file = NamedTempFile::new().map_err(failed)?;
    io::copy(&mut io::stdin().lock(), &mut file).map_err(failed)?;
    Ok(file)
}
