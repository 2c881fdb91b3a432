//! Reads the list of acknowledged breaks, `spec/accepted-changes.toml`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context as _, bail};
use spec_diff::compatibility::Class;
use spec_diff::{Change, Wire};

use super::git;
use crate::files::read_if_any;

/// The path of the list, from the workspace's root.
pub const FILE: &str = "spec/accepted-changes.toml";

/// The acknowledged breaks: their fingerprints, each with a reason.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Accepted(BTreeMap<String, String>);

impl Accepted {
    /// Reads the list. A missing file is an empty list.
    ///
    /// # Errors
    ///
    /// If the file can't be read or parsed, or a line has no reason.
    pub fn read(root: &Path) -> anyhow::Result<Self> {
        let text = read_if_any(&root.join(FILE))?.unwrap_or_default();
        Self::parse(&text).with_context(|| format!("cannot read {FILE}"))
    }

    fn parse(text: &str) -> anyhow::Result<Self> {
        let list: BTreeMap<String, String> = toml::from_str(text)?;
        for (fingerprint, reason) in &list {
            if reason.trim().is_empty() {
                bail!("{fingerprint} has no reason");
            }
        }
        Ok(Self(list))
    }

    /// Reads the list as it was at a revision.
    ///
    /// # Errors
    ///
    /// If git can't be run, the list can't be parsed, or a line has no reason.
    pub fn at(root: &Path, revision: &str) -> anyhow::Result<Self> {
        let text = git::file(root, revision, FILE)?.unwrap_or_default();
        Self::parse(&text).with_context(|| format!("cannot read {FILE} at {revision}"))
    }

    /// Returns the fingerprints that belong to no break in any of the comparisons.
    pub fn stale<'a>(&'a self, comparisons: &[&Wire]) -> Vec<&'a str> {
        let changes = comparisons.iter().flat_map(|wire| &wire.changes);
        let breaks: BTreeSet<&str> = changes
            .filter(|change| change.class == Class::Breaking)
            .map(|change| change.fingerprint.as_str())
            .collect();
        let fingerprints = self.0.keys().map(String::as_str);
        fingerprints
            .filter(|fingerprint| !breaks.contains(fingerprint))
            .collect()
    }

    /// Whether the list contains a fingerprint.
    pub fn has(&self, fingerprint: &str) -> bool {
        self.0.contains_key(fingerprint)
    }

    /// Returns the reason for which a change is acknowledged; `None` if the change isn't
    /// acknowledged.
    pub fn reason(&self, change: &Change) -> Option<&str> {
        self.0.get(&change.fingerprint).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn break_something() -> Wire {
        let old = json!({"paths": {"/a": {"get": {"responses": {}}}}});
        spec_diff::compare(&old, &json!({"paths": {}}))
    }

    #[test]
    fn a_break_is_acknowledged_with_a_reason() {
        let wire = break_something();
        let line = format!("{} = \"nobody calls it\"", wire.changes[0].fingerprint);
        let accepted = Accepted::parse(&line).unwrap();
        assert!(accepted.stale(&[&wire]).is_empty());
        assert_eq!(accepted.reason(&wire.changes[0]), Some("nobody calls it"));
    }

    #[test]
    fn a_reason_is_required() {
        assert!(Accepted::parse("abc = \" \"").is_err());
    }

    #[test]
    fn a_line_that_acknowledges_nothing_is_stale() {
        let accepted = Accepted::parse("0123456789abcdef = \"gone by\"").unwrap();
        assert_eq!(accepted.stale(&[&break_something()]), ["0123456789abcdef"]);
    }
}
