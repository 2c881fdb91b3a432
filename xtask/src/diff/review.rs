//! The command: find, compare, present.

use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, ensure};
use similar::TextDiff;
use spec_codegen::generate;
use spec_codegen::lint::Origin;
use spec_codegen::outline;
use spec_diff::explain::explain;
use spec_diff::law::Class;
use spec_diff::{Verdict, Wire};

use super::accepted::Accepted;
use super::arguments::{Arguments, Format};
use super::documents::Documents;
use super::report::Report;
use super::versions::{self, Step};
use super::{changelog, git, need, promises, rust};

/// A breaking change that the versions don't account for.
const UNACCOUNTED: u8 = 3;

/// Runs the command.
#[must_use]
pub fn run(arguments: &Arguments, root: &Path) -> ExitCode {
    generate::quiet();
    let result = match &arguments.explain {
        Some(id) => explain(id).and_then(|text| {
            show(&text)?;
            Ok(ExitCode::SUCCESS)
        }),
        None => review(arguments, root),
    };
    result.unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::FAILURE
    })
}

fn review(arguments: &Arguments, root: &Path) -> anyhow::Result<ExitCode> {
    let documents = Documents::find(arguments, root)?;
    let wire = spec_diff::compare(&documents.old, &documents.new);
    if wire.verdict == Verdict::None {
        return Ok(ExitCode::SUCCESS);
    }
    if arguments.changelog {
        show(&changelog::draft(&wire, &documents.new))?;
        return Ok(ExitCode::SUCCESS);
    }
    let origin = match documents.revision {
        Some(_) => Origin::Own,
        None => Origin::Foreign,
    };
    let rust = match arguments.no_rust {
        true => None,
        false => Some(rust::compare(
            &documents.old,
            &documents.new,
            origin,
            &wire,
        )?),
    };
    let revision = documents.revision.as_deref();
    // What was acknowledged was acknowledged of our own document.
    let accepted = match revision {
        Some(_) => Accepted::read(root)?,
        None => Accepted::default(),
    };
    let promised = promises::promised(root)?;
    let versions = versions::compare(root, revision, |name| {
        let of_rust = match name {
            "gorgias" => need::of_promises(rust.as_ref(), &promised),
            _ => need::of_rust(rust.as_ref()),
        };
        need::of_wire(&wire, &accepted).max(of_rust)
    })?;
    let report = Report {
        wire: &wire,
        rust: rust.as_ref(),
        versions: &versions,
        accepted: &accepted,
        outline: outline_diff(arguments, &documents),
        document: &documents.new,
        text: &documents.text,
        path: &documents.path,
    };
    show(&report.render(arguments.format))?;
    let unaccounted = versions.values().any(Step::is_unaccounted);
    if let Some(revision) = revision {
        let checked = accepted
            .check(&wire)
            .and_then(|()| told(root, revision, &wire));
        match checked {
            // The worse of the two is what the exit code says.
            Err(error) if unaccounted => eprintln!("error: {error:#}"),
            checked => checked?,
        }
    }
    Ok(if unaccounted {
        ExitCode::from(UNACCOUNTED)
    } else {
        ExitCode::SUCCESS
    })
}

/// How the outline changed, for those who review on a page.
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

/// A change of the wire has to be in the changelog.
fn told(root: &Path, revision: &str, wire: &Wire) -> anyhow::Result<()> {
    if wire.verdict <= Verdict::Some(Class::DocOnly) {
        return Ok(());
    }
    let path = root.join(changelog::FILE);
    let now = std::fs::read_to_string(&path)
        .with_context(|| format!("cannot read {}", changelog::FILE))?;
    let base = git::file(root, revision, changelog::FILE)?.unwrap_or_default();
    ensure!(
        changelog::has_entry(&now, &base),
        "{} has no new entry under \"Spec\"; `cargo xtask diff --changelog` writes a draft",
        changelog::FILE
    );
    Ok(())
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
