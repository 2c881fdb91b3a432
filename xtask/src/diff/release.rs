//! Finds the last release, from which versions are counted.

use std::path::Path;

use anyhow::{bail, ensure};
use semver::Version;

use super::{changelog, git};

/// A published release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// Its tag.
    pub tag: String,
    /// Its version.
    pub version: Version,
}

/// Returns the last release before the current branch; `None` before the first
/// one. A pre-release promises nothing and doesn't count.
///
/// # Errors
///
/// If it can't be determined, because the changelog names a release without a
/// tag, or the clone is shallow.
pub fn last(root: &Path, base: &str) -> anyhow::Result<Option<Release>> {
    let releases = git::tags(root, "v*")?.into_iter().filter_map(of_tag);
    let last = releases.max_by(|one, other| one.version.cmp(&other.version));
    if last.is_none() && git::is_shallow(root)? {
        bail!(
            "this clone is shallow and has no tag of a release, so the last release isn't known; \
             get the tags with `git fetch --unshallow --tags`"
        );
    }
    let changelog = git::file(root, base, changelog::FILE)?.unwrap_or_default();
    if let Some(listed) = changelog::last_release(&changelog) {
        let is_tagged = last.as_ref().is_some_and(|last| last.version >= listed);
        ensure!(
            is_tagged,
            "{} lists release {listed}, and there is no tag v{listed}; get the tags with \
             `git fetch --tags`, or tag the release",
            changelog::FILE
        );
    }
    Ok(last)
}

fn of_tag(tag: String) -> Option<Release> {
    let version = Version::parse(tag.strip_prefix('v')?).ok()?;
    version.pre.is_empty().then_some(Release { tag, version })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_tags_of_releases_count() {
        let version = |tag: &str| of_tag(tag.to_owned()).map(|release| release.version.to_string());
        assert_eq!(version("v1.2.3").as_deref(), Some("1.2.3"));
        assert_eq!(version("v1.2.3-rc.1"), None);
        assert_eq!(version("v1"), None);
        assert_eq!(version("1.2.3"), None);
    }
}
