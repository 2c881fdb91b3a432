//! The command: find, compare, present.

use std::io::Write as _;
use std::process::ExitCode;

use anyhow::Context as _;

use super::accepted::Accepted;
use super::arguments::Arguments;
use super::documents::Documents;
use super::explain::explain;
use super::report::Report;
use super::wire::law::Class;
use super::wire::{self, Verdict};
use crate::regen::workspace;

/// A breaking change that the versions don't account for.
const UNACCOUNTED: u8 = 3;

/// Runs the command.
#[must_use]
pub fn run(arguments: &Arguments) -> ExitCode {
    let result = match &arguments.explain {
        Some(id) => explain(id).and_then(|text| {
            show(&text)?;
            Ok(ExitCode::SUCCESS)
        }),
        None => review(arguments),
    };
    result.unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::FAILURE
    })
}

fn review(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let root = workspace();
    let documents = Documents::find(arguments, &root)?;
    let wire = wire::compare(&documents.old, &documents.new);
    if wire.verdict == Verdict::None {
        return Ok(ExitCode::SUCCESS);
    }
    let accepted = match documents.revision {
        Some(_) => Accepted::read(&root)?,
        None => Accepted::default(),
    };
    let report = Report {
        wire: &wire,
        accepted: &accepted,
        document: &documents.new,
        text: &documents.text,
        path: &documents.path,
    };
    show(&report.render(arguments.format))?;
    accepted.check(&wire)?;
    let mut breaking = wire
        .changes
        .iter()
        .filter(|change| change.class == Class::Breaking);
    let unaccounted = breaking.any(|change| accepted.reason(change).is_none());
    Ok(if unaccounted {
        ExitCode::from(UNACCOUNTED)
    } else {
        ExitCode::SUCCESS
    })
}

/// Prints to standard output. A reader that has gone away is an error, not a
/// panic.
fn show(text: &str) -> anyhow::Result<()> {
    let mut output = std::io::stdout().lock();
    let written = output
        .write_all(text.as_bytes())
        .and_then(|()| output.flush());
    written.context("standard output is gone")
}
