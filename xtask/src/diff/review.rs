//! Runs the command: finds and compares the documents, checks the change, and prints the
//! report.

use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context as _;
use similar::TextDiff;
use spec_codegen::generate;
use spec_codegen::lint::Origin;
use spec_codegen::outline;
use spec_diff::explain::explain;

use super::accepted::Accepted;
use super::arguments::{Arguments, Format};
use super::changelog;
use super::check::Check;
use super::comparison::Comparison;
use super::documents::Documents;
use super::report::Report;

/// The exit code for a breaking change without the version that it needs.
const UNVERSIONED_BREAK: u8 = 3;

/// Runs the command.
///
/// # Errors
///
/// If a document can't be found or compared, or the rule to explain doesn't exist.
pub fn run(arguments: &Arguments, root: &Path) -> anyhow::Result<ExitCode> {
    generate::silence_panics();
    if let Some(id) = &arguments.explain {
        show(&explain(id)?)?;
        return Ok(ExitCode::SUCCESS);
    }
    let documents = Documents::find(arguments, root)?;
    let revision = documents.revision.as_deref();
    if documents.old == documents.new && are_acknowledgements_equal(root, revision)? {
        return Ok(ExitCode::SUCCESS);
    }
    let origin = match revision {
        Some(_) => Origin::Own,
        None => Origin::Foreign,
    };
    let compare = |old: &_, new: &_| Comparison::of(old, new, origin, !arguments.no_rust);
    let change = compare(&documents.old, &documents.new);
    if arguments.changelog {
        show(&changelog::draft(&change, &documents.new))?;
        return Ok(ExitCode::SUCCESS);
    }
    let check = match revision {
        None => Check::of_files(root, &change, &documents.new)?,
        Some(base) => Check::of_work(root, base, &documents, &change, compare)?,
    };
    let report = Report {
        change: &change,
        check: &check,
        outline: outline_diff(arguments, &documents),
        document: &documents.new,
        text: &documents.text,
        path: &documents.path,
    };
    show(&report.render(arguments.format))?;
    // Reports in other formats aren't read on the terminal, so the tasks are printed there too.
    if arguments.format != Format::Text {
        for to_do in &check.to_do {
            eprintln!("error: {}: {}", to_do.title, to_do.text);
        }
    }
    Ok(if check.to_do.iter().any(|to_do| to_do.is_break) {
        ExitCode::from(UNVERSIONED_BREAK)
    } else if check.to_do.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Whether the acknowledgements are unchanged. Changed acknowledgements have to be checked
/// even if the document is unchanged.
fn are_acknowledgements_equal(root: &Path, revision: Option<&str>) -> anyhow::Result<bool> {
    match revision {
        Some(revision) => Ok(Accepted::read(root)? == Accepted::at(root, revision)?),
        None => Ok(true),
    }
}

/// Returns the diff of the outline, for the report in Markdown.
fn outline_diff(arguments: &Arguments, documents: &Documents) -> Option<String> {
    documents.revision.as_ref()?;
    if arguments.format != Format::Markdown {
        return None;
    }
    let (old, new) = (
        outline::outline(&documents.old),
        outline::outline(&documents.new),
    );
    let diff = TextDiff::from_lines(&old, &new);
    let text = diff.unified_diff().context_radius(0).to_string();
    Some(text).filter(|text| !text.is_empty())
}

/// Prints to standard output. A closed pipe is an error, not a panic.
fn show(text: &str) -> anyhow::Result<()> {
    let mut output = std::io::stdout().lock();
    let written = output
        .write_all(text.as_bytes())
        .and_then(|()| output.flush());
    written.context("cannot write to standard output")
}
