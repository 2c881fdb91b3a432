//! The command `api`: writes listings of the public items of crates. The listings are checked
//! in, so that a diff shows a change of the public items.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Result, ensure};

use crate::files::{GeneratedFile, write_or_check};
use crate::process::{cargo, output};

/// The crates that have a listing, with the features that add public items. Other features
/// only choose an implementation.
const CRATES: [(&str, &[&str]); 3] = [
    ("gorgias-runtime", &[]),
    ("gorgias-api", &[]),
    ("gorgias", &["blocking"]),
];

/// The path of the listing tool, from the workspace's root.
const TOOL: &str = "target/tools/bin/cargo-public-api";

/// List the public items of gorgias-runtime, gorgias-api and gorgias, in the api.txt of each
///
/// Needs cargo-public-api in target/tools; `.ci/run api` installs it and checks
/// the listings.
///
/// Exit codes: 0 up to date or written, 4 stale (with --check), 1 failure.
#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// Write nothing; show the differences to the files as a diff, and exit
    /// with 4 if there are any
    #[arg(long)]
    check: bool,
}

/// Runs the command.
///
/// # Errors
///
/// If the listing tool is missing or fails, or a file can't be read or written.
pub fn run(arguments: &Arguments, root: &Path) -> Result<ExitCode> {
    let tool = root.join(TOOL);
    ensure!(
        tool.is_file(),
        "there is no {TOOL}; `.ci/run api` installs it"
    );
    let mut listings = Vec::new();
    for (name, features) in CRATES {
        let described = describe(root, name, features)?;
        let path = root.join("crates").join(name).join("api.txt");
        listings.push(GeneratedFile::new(path, list(&tool, &described)?));
    }
    write_or_check(root, &listings, arguments.check, "listings", "api")
}

/// Runs rustdoc, which describes a crate as JSON. Returns the path of the file.
fn describe(root: &Path, name: &str, features: &[&str]) -> Result<PathBuf> {
    // In the usual target folder, `RUSTC_BOOTSTRAP` would make cargo rebuild everything.
    let folder = root.join("target/api");
    let mut rustdoc = cargo();
    rustdoc
        .current_dir(root)
        .args(["rustdoc", "--quiet", "--locked", "--lib", "--package", name])
        .arg("--features")
        .arg(features.join(","))
        .arg("--target-dir")
        .arg(&folder)
        .args(["--", "-Zunstable-options", "--output-format", "json"])
        .args(["--cap-lints", "allow"])
        // The JSON format is unstable. The pinned version of the tool reads the format of the
        // pinned compiler.
        .env("RUSTC_BOOTSTRAP", "1")
        .env_remove("RUSTDOCFLAGS");
    output(&mut rustdoc)?;
    let file = name.replace('-', "_") + ".json";
    Ok(folder.join("doc").join(file))
}

/// Lists the public items of a crate. Blanket and auto-trait implementations are left out,
/// because they make a long list and say little about the crate.
fn list(tool: &Path, described: &Path) -> Result<String> {
    let mut list = Command::new(tool);
    list.args(["public-api", "--color", "never"])
        .args(["--omit", "blanket-impls,auto-trait-impls"])
        .arg("--rustdoc-json")
        .arg(described);
    output(&mut list)
}
