//! Finds the last release, from which versions are counted.

use std::path::Path;

use anyhow::{bail, ensure};
use semver::Version;

use super::{changelog, git};

/// Returns the tag of the last release that the current commit includes; `None` if there was no
/// release yet. A pre-release promises nothing, and doesn't count. The changelog is read at
/// `base`.
///
/// # Errors
///
/// If the last release is unknown, because the changelog names a release without a tag, or
/// the clone is shallow.
pub fn last(root: &Path, base: &str) -> anyhow::Result<Option<String>> {
    let tags = git::tags(root, "v*")?.into_iter();
    let last = tags.filter_map(|tag| Some((version(&tag)?, tag))).max();
    if last.is_none() && git::is_shallow(root)? {
        bail!(
            "this clone is shallow and has no tag of a release, so the last release is unknown; \
             get the tags with `git fetch --unshallow --tags`"
        );
    }
    let changelog = git::file(root, base, changelog::FILE)?.unwrap_or_default();
    if let Some(listed) = changelog::last_release(&changelog) {
        let is_tagged = last.as_ref().is_some_and(|(last, _)| *last >= listed);
        ensure!(
            is_tagged,
            "{} lists release {listed}, and there is no tag v{listed}; get the tags with \
             `git fetch --tags`, or tag the release",
            changelog::FILE
        );
    }
    Ok(last.map(|(_, tag)| tag))
}

/// Returns the version in the tag of a release.
fn version(tag: &str) -> Option<Version> {
    let version = Version::parse(tag.strip_prefix('v')?).ok()?;
    version.pre.is_empty().then_some(version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_tags_of_releases_count() {
        assert_eq!(version("v1.2.3"), Some(Version::new(1, 2, 3)));
        assert_eq!(version("v1.2.3-rc.1"), None);
        assert_eq!(version("v1"), None);
        assert_eq!(version("1.2.3"), None);
    }
}
