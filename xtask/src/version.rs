//! The command `version`: raises the version of all crates.
//!
//! All crates share one version. The version is in the workspace's manifest, in the requirements
//! between the crates there, in both lock files, in the page about features, and in the document
//! with the files that are generated from it.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, Result, ensure};
use chrono::{DateTime, Utc};
use semver::Version;
use toml_edit::{DocumentMut, Item, TableLike, Value};

use crate::diff::CHANGELOG;
use crate::files::read;
use crate::regen;
use crate::workspace::DOCUMENT;

/// The path of the page with the line for a user's manifest, from the workspace's root.
const REQUIREMENT: &str = "crates/gorgias/docs/tls-and-features.md";

/// Raise the version of all crates in all files
///
/// The files are the workspace's manifest with the requirements between the
/// crates, the lock files, and the document with the files generated from it.
#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// The new version, such as 0.2.0
    #[arg(value_name = "VERSION")]
    version: Version,
    /// Move the Unreleased section of the changelog under a heading with this
    /// version and today's date
    #[arg(long)]
    release: bool,
}

/// Runs the command.
///
/// # Errors
///
/// If the version is lower than the present one, or a file can't be read, changed or written.
pub fn run(arguments: &Arguments, root: &Path) -> Result<ExitCode> {
    match raise(arguments, root)? {
        true => regen::run(&regen::Arguments::default(), root),
        false => Ok(ExitCode::SUCCESS),
    }
}

/// Raises the version in all files. Returns whether the document changed, so that files have to
/// be generated from it again.
fn raise(arguments: &Arguments, root: &Path) -> Result<bool> {
    let version = &arguments.version;
    let read = |name: &str| read(&root.join(name));
    let (present, manifest) = raised(&read("Cargo.toml")?, version)?;
    ensure!(present <= *version, "the version is {present} already");
    let mut files = vec![("Cargo.toml", manifest)];
    for name in ["Cargo.lock", "fuzz/Cargo.lock"] {
        if root.join(name).is_file() {
            let text = locked(&read(name)?, &present, version);
            files.push((name, text.with_context(|| name.to_owned())?));
        }
    }
    if root.join(REQUIREMENT).is_file() {
        let line = |version: &Version| {
            let Version { major, minor, .. } = version;
            format!("\ngorgias = {{ version = \"{major}.{minor}\"")
        };
        let text = read(REQUIREMENT)?;
        files.push((REQUIREMENT, text.replace(&line(&present), &line(version))));
    }
    if arguments.release {
        let today = DateTime::<Utc>::from(std::time::SystemTime::now()).date_naive();
        let text = dated(&read(CHANGELOG)?, version, &today.to_string())?;
        files.push((CHANGELOG, text));
    }
    // The document is released together with the crates, so it has their version.
    let document = read(DOCUMENT)?;
    let line = |version: &Version| format!("\n  version: {version}\n");
    let document_raised = document.replacen(&line(&present), &line(version), 1);
    let is_raised = document_raised != document;
    files.push((DOCUMENT, document_raised));
    for (name, text) in files {
        fs::write(root.join(name), text).with_context(|| format!("cannot write {name}"))?;
    }
    println!("{:>12} {version}", "Raised to");
    Ok(is_raised)
}

/// Returns the version in the workspace's manifest, and the manifest with another version.
fn raised(manifest: &str, version: &Version) -> Result<(Version, String)> {
    let mut manifest: DocumentMut = manifest.parse().context("Cargo.toml")?;
    let workspace = manifest
        .get_mut("workspace")
        .and_then(Item::as_table_like_mut);
    let workspace = workspace.context("Cargo.toml has no workspace")?;
    let package = workspace
        .get_mut("package")
        .and_then(Item::as_table_like_mut);
    let package = package.context("Cargo.toml has no workspace.package")?;
    let present = package.get("version").and_then(Item::as_str);
    let present = present.context("Cargo.toml has no workspace.package.version")?;
    let present = Version::parse(present).context("workspace.package.version")?;
    set(package, &version.to_string());
    let dependencies = workspace
        .get_mut("dependencies")
        .and_then(Item::as_table_like_mut);
    for (_, dependency) in dependencies.into_iter().flat_map(TableLike::iter_mut) {
        let Some(dependency) = dependency.as_table_like_mut() else {
            continue;
        };
        let requirement = dependency.get("version").and_then(Item::as_str);
        if let (Some(_), Some(requirement)) = (dependency.get("path"), requirement) {
            let requirement = match requirement.starts_with('=') {
                true => format!("={version}"),
                false => version.to_string(),
            };
            set(dependency, &requirement);
        }
    }
    Ok((present, manifest.to_string()))
}

/// Returns a lock file with another version for the workspace's own packages. Cargo could write
/// the lock file too, but would query a registry.
fn locked(lock: &str, present: &Version, version: &Version) -> Result<String> {
    let mut lock: DocumentMut = lock.parse()?;
    let packages = lock.get_mut("package");
    let packages = packages.and_then(Item::as_array_of_tables_mut);
    for package in packages
        .context("the lock file has no packages")?
        .iter_mut()
    {
        let is_own = !package.contains_key("source");
        let is_present =
            package.get("version").and_then(Item::as_str) == Some(&present.to_string());
        if is_own && is_present {
            set(package, &version.to_string());
        }
    }
    Ok(lock.to_string())
}

/// Sets the version of a table, and keeps the spaces and comments around it.
fn set(table: &mut dyn TableLike, version: &str) {
    if let Some(present) = table.get_mut("version").and_then(Item::as_value_mut) {
        let decor = present.decor().clone();
        *present = Value::from(version);
        *present.decor_mut() = decor;
    }
}

/// Returns the changelog with the unreleased entries under a heading with the version and date.
fn dated(changelog: &str, version: &Version, today: &str) -> Result<String> {
    const UNRELEASED: &str = "## [Unreleased]\n";
    ensure!(
        changelog.contains(UNRELEASED),
        "{CHANGELOG} has no \"{}\"",
        UNRELEASED.trim_end()
    );
    let heading = format!("{UNRELEASED}\n## [{version}] - {today}\n");
    Ok(changelog.replacen(UNRELEASED, &heading, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANIFEST: &str = r#"[workspace.package]
# Of all crates.
version = "0.1.0"

[workspace.dependencies]
gorgias-api = { path = "crates/gorgias-api", version = "0.1.0", default-features = false }
gorgias-runtime = { path = "crates/gorgias-runtime", version = "=0.1.0" }
spec-diff = { path = "crates/spec-diff" }
other = "0.1.0"
"#;

    #[test]
    fn the_version_and_what_crates_ask_of_each_other_are_raised() {
        let (present, raised) = raised(MANIFEST, &Version::new(0, 2, 0)).unwrap();
        let wanted = MANIFEST
            .replace("version = \"0.1.0\"", "version = \"0.2.0\"")
            .replace("version = \"=0.1.0\"", "version = \"=0.2.0\"");
        assert_eq!(raised, wanted);
        assert_eq!(present, Version::new(0, 1, 0));
    }

    #[test]
    fn only_the_workspaces_own_packages_are_raised_in_a_lock_file() {
        let package = |version, source| {
            format!("[[package]]\nname = \"a\"\nversion = \"{version}\"\n{source}\n")
        };
        let [own, other] = [package("0.1.0", ""), package("0.0.0", "")];
        let foreign = package("0.1.0", "source = \"registry\"\n");
        let lock = format!("version = 4\n\n{own}{other}{foreign}");
        let raised = locked(&lock, &Version::new(0, 1, 0), &Version::new(0, 2, 0)).unwrap();
        let own = package("0.2.0", "");
        assert_eq!(raised, format!("version = 4\n\n{own}{other}{foreign}"));
    }

    #[test]
    fn what_is_unreleased_gets_the_version_and_the_day() {
        let changelog = "# Changelog\n\n## [Unreleased]\n\n### Added\n\n- A.\n";
        let dated = dated(changelog, &Version::new(0, 2, 0), "2026-01-02").unwrap();
        assert_eq!(
            dated,
            "# Changelog\n\n## [Unreleased]\n\n## [0.2.0] - 2026-01-02\n\n### Added\n\n- A.\n"
        );
    }
}
