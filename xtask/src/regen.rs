//! The command `regen`: brings generated files up to date, or says which are
//! not.

use std::{
    fs, io,
    path::{Path, PathBuf},
    process::ExitCode,
    time::Instant,
};

use anyhow::{Context, Result};
use serde_json::Value;
use similar::TextDiff;

use crate::{
    diff::rules_page,
    generate,
    lint::Origin,
    load,
    pipeline::{self, Failure, Output},
    standalone,
};

/// The exit code when `--check` finds a file that is not up to date. Failures
/// exit with 1, wrong arguments with 2.
pub const STALE: u8 = 4;

/// Generate code and the outline from the document
///
/// Without options, reads spec/gorgias.yaml and writes the generated part of
/// gorgias-api, the outline and the emulator's copy of the document. Only what
/// changed is written.
///
/// Exit codes: 0 up to date or written, 4 stale (with --check), 1 failure.
#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// Write nothing; show what is stale as a diff and exit with 4
    #[arg(long)]
    check: bool,
    /// Another document, JSON or YAML; needs --out
    #[arg(long, value_name = "FILE", requires = "out")]
    spec: Option<PathBuf>,
    /// A folder to write a crate of its own to, with everything it needs
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> ExitCode {
    let start = Instant::now();
    generate::quiet();
    match regenerate(arguments) {
        Ok(stale) => {
            println!(
                "{:>12} in {:.2} s",
                "Finished",
                start.elapsed().as_secs_f64()
            );
            if stale {
                eprintln!("error: generated files are stale; run `cargo xtask regen`");
                ExitCode::from(STALE)
            } else {
                ExitCode::SUCCESS
            }
        }
        Err(Failure::Refused(findings)) => {
            for finding in findings {
                eprintln!("{finding}");
            }
            eprintln!("error: the document was refused");
            ExitCode::FAILURE
        }
        Err(Failure::Failed(error)) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn regenerate(arguments: &Arguments) -> Result<bool, Failure> {
    let root = workspace();
    let own = root.join("spec/gorgias.yaml");
    let spec = arguments.spec.as_deref().unwrap_or(&own);
    let document = load::document(spec)?;
    let origin = match arguments.spec {
        Some(_) => Origin::Foreign,
        None => Origin::Own,
    };
    let output = pipeline::run(&document, origin)?;
    for warning in &output.warnings {
        eprintln!("{warning}");
    }
    let files = match &arguments.out {
        Some(folder) => standalone::files(&root, folder, output)?,
        None => own_files(&root, &document, output)?,
    };
    let mut stale = false;
    for file in &files {
        stale |= settle(file, arguments.check)?;
    }
    Ok(stale)
}

/// A file as it should be. Without text, it should not be there.
pub struct Target {
    pub path: PathBuf,
    pub text: Option<String>,
}

impl Target {
    pub fn new(path: PathBuf, text: String) -> Self {
        Self {
            path,
            text: Some(text),
        }
    }
}

/// What our own document is made into.
pub fn own_files(root: &Path, document: &Value, output: Output) -> Result<Vec<Target>> {
    let generated = root.join("crates/gorgias-api/src/generated");
    let mut files = sources(&generated, output.sources)?;
    files.push(Target::new(root.join("spec/outline.txt"), output.outline));
    let mut copy = serde_json::to_string_pretty(document).context("cannot write the document")?;
    copy.push('\n');
    files.push(Target::new(
        root.join("crates/gorgias-emulator/src/document.json"),
        copy,
    ));
    files.push(Target::new(root.join(rules_page::FILE), rules_page::page()));
    Ok(files)
}

/// The sources in their folder, and the files there that are none of them.
pub fn sources(folder: &Path, sources: Vec<crate::emit::Source>) -> Result<Vec<Target>> {
    let mut files: Vec<_> = sources
        .into_iter()
        .map(|source| Target::new(folder.join(source.name), source.text))
        .collect();
    let present = match fs::read_dir(folder) {
        Ok(entries) => entries.collect::<io::Result<Vec<_>>>(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    };
    let present = present.with_context(|| format!("cannot read {}", folder.display()))?;
    let mut left: Vec<_> = present
        .into_iter()
        .map(|entry| entry.path())
        .filter(|path| files.iter().all(|file| file.path != *path))
        .collect();
    left.sort();
    files.extend(left.into_iter().map(|path| Target { path, text: None }));
    Ok(files)
}

/// Brings one file up to date, or shows how it is not. Says whether it is
/// stale still.
pub fn settle(file: &Target, check: bool) -> Result<bool> {
    let path = &file.path;
    let present = match fs::read_to_string(path) {
        // A checkout may have its own line endings.
        Ok(text) => Some(text.replace("\r\n", "\n")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error).with_context(|| format!("cannot read {}", path.display())),
    };
    let name = display(path);
    if present == file.text {
        println!("{:>12} {name}", "Fresh");
        return Ok(false);
    }
    if check {
        println!("{:>12} {name}", "Stale");
        print_diff(
            &name,
            present.as_deref().unwrap_or_default(),
            file.text.as_deref().unwrap_or_default(),
        );
        return Ok(true);
    }
    match &file.text {
        Some(text) => {
            write(path, text).with_context(|| format!("cannot write {}", path.display()))?;
            println!("{:>12} {name}", "Wrote");
        }
        None => {
            fs::remove_file(path).with_context(|| format!("cannot remove {}", path.display()))?;
            println!("{:>12} {name}", "Removed");
        }
    }
    Ok(false)
}

/// Writes beside the file and renames, so that nobody reads half of it.
fn write(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let beside = path.with_extension("new");
    fs::write(&beside, text)?;
    fs::rename(&beside, path)
}

fn print_diff(name: &str, present: &str, wanted: &str) {
    let diff = TextDiff::from_lines(present, wanted);
    print!(
        "{}",
        diff.unified_diff().context_radius(3).header(
            &format!("{name} (checked in)"),
            &format!("{name} (generated)")
        )
    );
}

/// The path as it is written from the workspace's root.
fn display(path: &Path) -> String {
    let path = path.strip_prefix(workspace()).unwrap_or(path);
    path.display().to_string()
}

/// The workspace's root.
pub fn workspace() -> PathBuf {
    let manifest = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    manifest.parent().map_or_else(PathBuf::new, Path::to_owned)
}
