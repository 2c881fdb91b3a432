//! Determines the version that each crate needs.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context as _;
use semver::{Prerelease, Version};
use serde::Serialize;

use super::git;
use super::need::Need;
use crate::files::{read_if_any, within};

/// The crates whose version depends on the document. `gorgias` re-exports all of
/// `gorgias-api`, so both need the same version.
const CRATES: [&str; 2] = ["gorgias-api", "gorgias"];

/// The versions of all crates, by name.
pub type Versions = BTreeMap<String, Step>;

/// The step from one version of a crate to the next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// The released version; `None` before the first release.
    pub base: Option<Version>,
    /// The present version.
    pub now: Version,
    /// The lowest version that the next release may have; `None` if any version is allowed.
    pub needed: Option<Version>,
    /// Whether the change can be merged with the present version. An addition can always be
    /// merged, because the version is raised at the next release.
    pub ok: bool,
}

impl Step {
    fn new(base: Option<Version>, now: Version, need: Need) -> Self {
        let needed = base.as_ref().map(|base| need.after(base));
        // A pre-release counts as the release that it precedes.
        let release = Version {
            pre: Prerelease::EMPTY,
            ..now.clone()
        };
        let reached = needed.as_ref().is_none_or(|needed| release >= *needed);
        Self {
            ok: reached || need != Need::Breaking,
            base,
            now,
            needed,
        }
    }

    /// Returns in a few words whether the version has to be raised.
    pub fn answer(&self) -> &'static str {
        match &self.needed {
            None => "nothing was released yet: any version will do",
            Some(_) if !self.ok => "not yet",
            Some(needed) if self.now < *needed && self.now.pre.is_empty() => {
                "with the next release"
            }
            Some(_) => "as it is",
        }
    }
}

/// The versions from which the needed versions are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CountedFrom<'a> {
    /// The versions in the working tree.
    Here,
    /// The versions at this revision, which is the last release.
    Release(&'a str),
    /// No versions, because there was no release with a document yet.
    Nothing,
}

/// Compares the versions in the working tree with the versions that a change needs.
///
/// # Errors
///
/// If a manifest can't be read or has no version.
pub fn compare(root: &Path, from: CountedFrom<'_>, need: Need) -> anyhow::Result<Versions> {
    let mut versions = Versions::new();
    for name in CRATES {
        let now = version(name, |path| read_if_any(&root.join(path)))?;
        let now = now.with_context(|| format!("there is no crate {name}"))?;
        let base = match from {
            CountedFrom::Here => Some(now.clone()),
            // A new crate has no version at the release.
            CountedFrom::Release(revision) => {
                version(name, |path| git::file(root, revision, path))?
            }
            CountedFrom::Nothing => None,
        };
        versions.insert(name.to_owned(), Step::new(base, now, need));
    }
    Ok(versions)
}

/// Returns the version of a crate, from its manifest or from the manifest of the workspace.
fn version(
    name: &str,
    read: impl Fn(&str) -> anyhow::Result<Option<String>>,
) -> anyhow::Result<Option<Version>> {
    let path = format!("crates/{name}/Cargo.toml");
    let Some(manifest) = read(&path)? else {
        return Ok(None);
    };
    let manifest: toml::Table = toml::from_str(&manifest).with_context(|| path.clone())?;
    let own = within(&manifest, &["package", "version"]);
    if let Some(own) = own.and_then(toml::Value::as_str) {
        return parse(own, &path).map(Some);
    }
    let root = read("Cargo.toml")?.context("there is no Cargo.toml")?;
    let root: toml::Table = toml::from_str(&root).context("Cargo.toml")?;
    let shared = within(&root, &["workspace", "package", "version"]);
    let shared = shared.and_then(toml::Value::as_str);
    let shared = shared.with_context(|| format!("{path} has no version"))?;
    parse(shared, "Cargo.toml").map(Some)
}

fn parse(version: &str, path: &str) -> anyhow::Result<Version> {
    Version::parse(version).with_context(|| format!("`{version}` in {path} is not a version"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(base: Option<&str>, now: &str, need: Need) -> Step {
        let parse = |version| Version::parse(version).unwrap();
        Step::new(base.map(parse), parse(now), need)
    }

    #[test]
    fn an_addition_may_wait_for_its_release_and_a_break_may_not() {
        assert!(step(Some("0.1.0"), "0.1.0", Need::Additive).ok);
        assert!(!step(Some("0.1.0"), "0.1.0", Need::Breaking).ok);
        assert!(step(Some("0.1.0"), "0.2.0", Need::Breaking).ok);
    }

    #[test]
    fn a_pre_release_is_on_the_way_to_its_release() {
        assert!(step(Some("0.1.0"), "0.2.0-rc.1", Need::Breaking).ok);
        assert!(!step(Some("0.1.0"), "0.1.1-rc.1", Need::Breaking).ok);
    }

    #[test]
    fn before_the_first_release_any_version_will_do() {
        let step = step(None, "0.1.0", Need::Breaking);
        assert!(step.ok && step.needed.is_none());
    }

    #[test]
    fn shared_versions_are_found() {
        let read = |path: &str| {
            Ok(match path {
                "Cargo.toml" => Some("[workspace.package]\nversion = \"0.4.2\"".to_owned()),
                _ => Some("[package]\nname = \"a\"\nversion.workspace = true".to_owned()),
            })
        };
        assert_eq!(version("a", read).unwrap().unwrap().to_string(), "0.4.2");
    }

    #[test]
    fn our_manifests_have_versions() {
        let root = crate::workspace::find().unwrap();
        let versions = compare(&root, CountedFrom::Here, Need::Nothing).unwrap();
        assert_eq!(versions.len(), CRATES.len());
        assert!(versions.values().all(|step| step.ok));
    }
}
