//! Runs cargo-semver-checks and cargo-public-api.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use xtask::diff::rust::RustVerdict;

/// The versions that read the JSON format of the pinned compiler.
const VERSIONS: [(&str, &str); 2] = [
    ("cargo-semver-checks", "0.51.0"),
    ("cargo-public-api", "0.52.0"),
];

/// A built crate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Built {
    /// The file with all items, also private ones, for cargo-semver-checks.
    whole: PathBuf,
    /// The lines of cargo-public-api.
    listing: BTreeSet<String>,
}

/// The tools, and the folder for their output.
pub struct Tools {
    programs: PathBuf,
    folder: PathBuf,
}

impl Tools {
    /// Finds the tools that `.ci/run proof` installs.
    pub fn find(root: &Path, folder: &Path) -> Self {
        let programs = root.join("target/tools/bin");
        for (name, version) in VERSIONS {
            let output = Command::new(programs.join(name)).arg("--version").output();
            let found = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
            let is_it = found
                .as_ref()
                .is_ok_and(|found| found.trim_end().ends_with(version));
            assert!(
                is_it,
                "{name} {version} is not there: {found:?}; run `.ci/run proof`"
            );
        }
        fs::create_dir_all(folder.join("json")).unwrap();
        Self {
            programs,
            folder: folder.to_owned(),
        }
    }

    /// Describes the crate in a folder. `n` tells the output of different
    /// crates apart.
    pub fn build(&self, source: &Path, n: usize) -> Built {
        let whole = self.describe(
            source,
            n,
            &["--document-private-items", "--document-hidden-items"],
        );
        let public = self.describe(source, n, &[]);
        let mut list = Command::new(self.programs.join("cargo-public-api"));
        list.args(["public-api", "--omit", "blanket-impls", "--rustdoc-json"]);
        let output = run(list.arg(&public));
        let listing = String::from_utf8(output.stdout).unwrap();
        // Stable Rust can't name `Freeze`, so no program depends on it.
        let lines = listing
            .lines()
            .filter(|line| !line.contains("core::marker::Freeze"));
        Built {
            whole,
            listing: lines.map(str::to_owned).collect(),
        }
    }

    fn describe(&self, source: &Path, n: usize, flags: &[&str]) -> PathBuf {
        let mut cargo = Command::new("cargo");
        cargo
            .args(["rustdoc", "--quiet", "--lib", "--target-dir"])
            .arg(self.folder.join("target"))
            .arg("--manifest-path")
            .arg(source.join("Cargo.toml"))
            .args(["--", "-Zunstable-options", "--output-format", "json"])
            .args(["--cap-lints", "allow"])
            .args(flags)
            // The format is unstable. The pinned tools read that of the pinned
            // compiler.
            .env("RUSTC_BOOTSTRAP", "1")
            .env_remove("RUSTDOCFLAGS");
        run(&mut cargo);
        let name = if flags.is_empty() { "public" } else { "whole" };
        let to = self.folder.join(format!("json/{n}-{name}.json"));
        fs::copy(self.folder.join("target/doc/generated_client.json"), &to).unwrap();
        to
    }

    /// Returns the verdict of cargo-semver-checks, and its output.
    pub fn check(&self, old: &Built, new: &Built) -> (RustVerdict, String) {
        let mut check = Command::new(self.programs.join("cargo-semver-checks"));
        check
            .args(["semver-checks", "--color", "never"])
            // A patch release allows neither additions nor breaks, so both are
            // reported.
            .args(["--release-type", "patch", "--baseline-rustdoc"])
            .arg(&old.whole)
            .arg("--current-rustdoc")
            .arg(&new.whole);
        let output = check.output().unwrap();
        let text = String::from_utf8_lossy(&output.stdout).into_owned()
            + &String::from_utf8_lossy(&output.stderr);
        let verdict = if text.contains("requires new major version") {
            RustVerdict::Breaking
        } else if text.contains("requires new minor version") {
            RustVerdict::Additive
        } else {
            assert!(text.contains("no semver update required"), "{text}");
            RustVerdict::None
        };
        (verdict, text)
    }
}

/// Compares the listings: a removed line is a break, an added one an addition.
pub fn compare(old: &Built, new: &Built) -> (RustVerdict, String) {
    let mut lines = String::new();
    let gone: Vec<_> = old.listing.difference(&new.listing).collect();
    let come: Vec<_> = new.listing.difference(&old.listing).collect();
    for (mark, list) in [('-', &gone), ('+', &come)] {
        for line in list {
            let _ = writeln!(lines, "  {mark} {line}");
        }
    }
    let verdict = match (gone.is_empty(), come.is_empty()) {
        (false, _) => RustVerdict::Breaking,
        (true, false) => RustVerdict::Additive,
        (true, true) => RustVerdict::None,
    };
    (verdict, lines)
}

fn run(command: &mut Command) -> Output {
    let output = command.output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {errors}");
    output
}
