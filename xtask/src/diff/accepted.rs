//! Breaks that were acknowledged: `spec/accepted-changes.toml`.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, bail};
use spec_diff::law::Class;
use spec_diff::{Change, Wire};

/// Where they are listed, from the workspace's root.
pub const FILE: &str = "spec/accepted-changes.toml";

/// Acknowledged breaks: fingerprints, each with a reason.
#[derive(Debug, Default)]
pub struct Accepted(BTreeMap<String, String>);

impl Accepted {
    /// Reads the list; no file is an empty list.
    ///
    /// # Errors
    ///
    /// When it can't be read, or a line has no reason.
    pub fn read(root: &Path) -> anyhow::Result<Self> {
        match std::fs::read_to_string(root.join(FILE)) {
            Ok(text) => Self::parse(&text).with_context(|| format!("cannot read {FILE}")),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(error).with_context(|| format!("cannot read {FILE}")),
        }
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

    /// Refuses lines that acknowledge nothing: they would acknowledge something
    /// else one day.
    ///
    /// # Errors
    ///
    /// When a line is the fingerprint of no breaking change.
    pub fn check(&self, wire: &Wire) -> anyhow::Result<()> {
        let breaks = |fingerprint: &str| {
            let mut breaking = wire
                .changes
                .iter()
                .filter(|change| change.class == Class::Breaking);
            breaking.any(|change| change.fingerprint == fingerprint)
        };
        let stale: Vec<&str> = self
            .0
            .keys()
            .map(String::as_str)
            .filter(|fingerprint| !breaks(fingerprint))
            .collect();
        if stale.is_empty() {
            return Ok(());
        }
        bail!(
            "{FILE} acknowledges what is no breaking change here; remove {}",
            stale.join(", ")
        )
    }

    /// Why a change was acknowledged, if it was.
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
        assert!(accepted.check(&wire).is_ok());
        assert_eq!(accepted.reason(&wire.changes[0]), Some("nobody calls it"));
    }

    #[test]
    fn a_reason_is_required() {
        assert!(Accepted::parse("abc = \" \"").is_err());
    }

    #[test]
    fn a_stale_line_is_an_error_and_named() {
        let accepted = Accepted::parse("0123456789abcdef = \"gone by\"").unwrap();
        let error = accepted.check(&break_something()).unwrap_err().to_string();
        assert!(error.contains("0123456789abcdef"), "{error}");
    }
}
