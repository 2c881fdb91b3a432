//! Which version each crate needs.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context as _;
use semver::Version;
use serde::{Serialize, Serializer};

use super::git;
use super::need::Need;

/// The crates that come from the document.
const CRATES: [&str; 2] = ["gorgias-api", "gorgias"];

/// What all crates need, by name.
pub type Versions = BTreeMap<String, Step>;

/// From one version of a crate to the next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// The version it had.
    #[serde(serialize_with = "as_text")]
    pub base: Version,
    /// The one it has.
    #[serde(serialize_with = "as_text")]
    pub now: Version,
    /// The least it needs.
    #[serde(serialize_with = "as_text")]
    pub needed: Version,
    /// Whether it has that.
    pub ok: bool,
    /// What the change asks for.
    #[serde(skip)]
    pub need: Need,
}

fn as_text<S: Serializer>(version: &Version, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(version)
}

impl Step {
    fn new(base: Version, now: Version, need: Need) -> Self {
        let needed = after(&base, need);
        Self {
            ok: now >= needed,
            base,
            now,
            needed,
            need,
        }
    }

    /// Whether a break goes out under a version that doesn't say so.
    pub fn is_unaccounted(&self) -> bool {
        !self.ok && self.need == Need::Breaking
    }
}

/// Compares the manifests at a revision with those of the working tree; without
/// a revision, the working tree with itself.
///
/// # Errors
///
/// When a manifest can't be read or has no version.
pub fn compare(
    root: &Path,
    revision: Option<&str>,
    needs: impl Fn(&str) -> Need,
) -> anyhow::Result<Versions> {
    let mut versions = Versions::new();
    for name in CRATES {
        let now = version(name, |path| {
            Ok(std::fs::read_to_string(root.join(path)).ok())
        })?;
        let now = now.with_context(|| format!("there is no crate {name}"))?;
        let base = match revision {
            Some(revision) => version(name, |path| git::file(root, revision, path))?,
            None => None,
        };
        // A crate that is new promised nothing before.
        let base = base.unwrap_or_else(|| now.clone());
        versions.insert(name.to_owned(), Step::new(base, now, needs(name)));
    }
    Ok(versions)
}

fn version(
    name: &str,
    read: impl Fn(&str) -> anyhow::Result<Option<String>>,
) -> anyhow::Result<Option<Version>> {
    let path = format!("crates/{name}/Cargo.toml");
    let Some(manifest) = read(&path)? else {
        return Ok(None);
    };
    let manifest: toml::Table = toml::from_str(&manifest).with_context(|| path.clone())?;
    let own = manifest
        .get("package")
        .and_then(|package| package.get("version"));
    if let Some(own) = own.and_then(toml::Value::as_str) {
        return parse(own, &path).map(Some);
    }
    let root = read("Cargo.toml")?.context("there is no Cargo.toml")?;
    let root: toml::Table = toml::from_str(&root).context("Cargo.toml")?;
    let shared = root
        .get("workspace")
        .and_then(|workspace| workspace.get("package"));
    let shared = shared.and_then(|package| package.get("version"));
    let shared = shared.and_then(toml::Value::as_str);
    let shared = shared.with_context(|| format!("{path} has no version"))?;
    parse(shared, "Cargo.toml").map(Some)
}

fn parse(version: &str, path: &str) -> anyhow::Result<Version> {
    Version::parse(version).with_context(|| format!("`{version}` in {path} is not a version"))
}

/// The least version that may follow. Below 1.0 the minor number is what the
/// major one is above, and below 0.1 every release may break.
fn after(base: &Version, need: Need) -> Version {
    // A pre-release promises nothing about the next one.
    if need == Need::Nothing || !base.pre.is_empty() {
        return base.clone();
    }
    let breaking = need == Need::Breaking;
    let (major, minor, patch) = (base.major, base.minor, base.patch);
    match (major, minor) {
        (0, 0) => Version::new(0, 0, patch.saturating_add(1)),
        (0, _) if breaking => Version::new(0, minor.saturating_add(1), 0),
        (0, _) => Version::new(0, minor, patch.saturating_add(1)),
        _ if breaking => Version::new(major.saturating_add(1), 0, 0),
        _ => Version::new(major, minor.saturating_add(1), 0),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn next(version: &str, need: Need) -> String {
        after(&Version::parse(version).unwrap(), need).to_string()
    }

    #[test]
    fn numbers_follow_cargos_rules() {
        assert_eq!(next("1.2.3", Need::Breaking), "2.0.0");
        assert_eq!(next("1.2.3", Need::Additive), "1.3.0");
        assert_eq!(next("0.2.3", Need::Breaking), "0.3.0");
        assert_eq!(next("0.2.3", Need::Additive), "0.2.4");
        assert_eq!(next("0.0.3", Need::Breaking), "0.0.4");
        assert_eq!(next("1.2.3", Need::Nothing), "1.2.3");
    }

    #[test]
    fn a_pre_release_promises_nothing() {
        assert_eq!(next("1.0.0-rc.1", Need::Breaking), "1.0.0-rc.1");
    }

    #[test]
    fn an_addition_under_an_old_version_is_not_a_break_unaccounted_for() {
        let version = Version::new(0, 1, 0);
        let step = Step::new(version.clone(), version.clone(), Need::Additive);
        assert!(!step.ok && !step.is_unaccounted());
        let step = Step::new(version.clone(), version, Need::Breaking);
        assert!(!step.ok && step.is_unaccounted());
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
    fn without_a_revision_our_manifests_are_compared_with_themselves() {
        let root = crate::workspace::find().unwrap();
        let versions = compare(&root, None, |_| Need::Nothing).unwrap();
        assert_eq!(versions.len(), CRATES.len());
        assert!(
            versions
                .values()
                .all(|step| step.ok && step.base == step.now)
        );
    }

    proptest! {
        #[test]
        fn cargo_agrees_on_what_breaks(major in 0_u64..3, minor in 0_u64..3, patch in 0_u64..4) {
            let base = Version::new(major, minor, patch);
            // What a dependency on the base would be updated to without asking.
            let compatible = semver::VersionReq::parse(&base.to_string()).unwrap();
            let (additive, breaking) = (after(&base, Need::Additive), after(&base, Need::Breaking));
            prop_assert!(base < additive && additive <= breaking);
            prop_assert!(!compatible.matches(&breaking));
            prop_assert_eq!(compatible.matches(&additive), (major, minor) != (0, 0));
        }
    }
}
