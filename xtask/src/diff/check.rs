//! Checks whether versions, acknowledgements and the changelog announce a change.
//!
//! The report covers the changes since the branch left the main branch. Versions are counted
//! from the last release, so that a second break before the next release needs no further
//! version.

use std::path::Path;

use anyhow::Context as _;
use serde_json::Value;
use spec_diff::Wire;
use spec_diff::compatibility::Class;
use spec_model::load;

use super::accepted::Accepted;
use super::comparison::Comparison;
use super::documents::Documents;
use super::need::Need;
use super::release;
use super::rust::Refused;
use super::to_do::{self, ToDo};
use super::versions::{self, CountedFrom, Versions};
use super::{changelog, git};
use crate::workspace::DOCUMENT;

/// The result of the check.
#[derive(Debug)]
pub struct Check {
    /// The tag of the last release, if there was one.
    pub release: Option<String>,
    /// The kind of version that the changes since the last release need.
    pub need: Need,
    /// The versions of the crates.
    pub versions: Versions,
    /// The acknowledged breaks.
    pub accepted: Accepted,
    /// The tasks to do before the change can be merged. The check fails if there are any.
    pub to_do: Vec<ToDo>,
    /// Remarks, which don't make the check fail.
    pub notes: Vec<String>,
}

impl Check {
    /// Checks a comparison of two files, as if the present versions were released.
    ///
    /// # Errors
    ///
    /// If a manifest can't be read.
    pub fn of_files(root: &Path, change: &Comparison, new: &Value) -> anyhow::Result<Self> {
        let accepted = Accepted::default();
        let need = change.need(&accepted);
        let versions = versions::compare(root, CountedFrom::Here, need)?;
        let mut check = Self {
            release: None,
            need,
            versions,
            accepted,
            to_do: to_do::document(change).into_iter().collect(),
            notes: no_crate(change)
                .into_iter()
                .chain(uncovered(change))
                .collect(),
        };
        check.check_versions(change, new);
        Ok(check)
    }

    /// Checks the change of the working tree. `base` is the revision where the branch began.
    ///
    /// # Errors
    ///
    /// If the last release is unknown, or a file can't be read.
    pub fn of_work(
        root: &Path,
        base: &str,
        documents: &Documents,
        change: &Comparison,
        compare: impl Fn(&Value, &Value) -> Comparison,
    ) -> anyhow::Result<Self> {
        let accepted = Accepted::read(root)?;
        let release = release::last(root, base)?;
        let released = match &release {
            Some(tag) => released(root, tag)?,
            None => None,
        };
        let since_release = match &released {
            Some(released) if *released != documents.old => Some(compare(released, &documents.new)),
            _ => None,
        };
        let since = since_release.as_ref().unwrap_or(change);
        let need = since.need(&accepted);
        let from = match &release {
            Some(tag) if released.is_some() => CountedFrom::Release(tag),
            _ => CountedFrom::Nothing,
        };
        let versions = versions::compare(root, from, need)?;
        let stale = accepted.stale(&[&since.wire, &change.wire]);
        // Lines that this change made stale, and lines that were stale before.
        let (newly_stale, older) = if stale.is_empty() {
            (stale, Vec::new())
        } else {
            let before = Accepted::at(root, base)?;
            let wire = released.as_ref().map_or_else(Wire::default, |released| {
                spec_diff::compare(released, &documents.old)
            });
            let stale_before = before.stale(&[&wire]);
            let is_new = |line: &&str| !before.has(line) || !stale_before.contains(line);
            stale.into_iter().partition(is_new)
        };
        let mut to_do: Vec<ToDo> = to_do::document(change).into_iter().collect();
        if !is_in_changelog(root, base, &change.wire)? {
            to_do.push(to_do::changelog());
        }
        to_do.extend(to_do::stale(&newly_stale));
        // Before the first release, it is unknown which lines were stale before.
        let older = to_do::stale(&older).filter(|_| release.is_some());
        let older = older.map(|older| format!("{} This change didn't cause it.", older.text));
        let mut check = Self {
            notes: older.into_iter().chain(no_crate(change)).collect(),
            release,
            need,
            versions,
            accepted,
            to_do,
        };
        check.check_versions(since, &documents.new);
        Ok(check)
    }

    /// Whether a version is too low for a break.
    pub fn is_version_too_low(&self) -> bool {
        self.versions.values().any(|step| !step.ok)
    }

    /// Adds a task if a version is too low for a break.
    fn check_versions(&mut self, since: &Comparison, new: &Value) {
        let breaks: Vec<_> = since.breaks(&self.accepted).collect();
        let tag = self.release.as_deref();
        let to_do = to_do::version(&self.versions, since, &breaks, tag, new);
        self.to_do.splice(0..0, to_do);
    }
}

/// Explains a missing verdict on Rust, if this change isn't the cause.
fn no_crate(change: &Comparison) -> Option<String> {
    let (which, reason) = change.refusal()?;
    let which = match which {
        Refused::New => return None,
        Refused::Old => "the old document",
        Refused::Both => "both documents",
    };
    Some(format!(
        "There is no verdict on Rust, because the generator refuses {which}: {reason}."
    ))
}

/// Lists the operations that the verdict on Rust leaves out.
fn uncovered(change: &Comparison) -> Option<String> {
    let uncovered = &change.rust.as_ref()?.uncovered;
    let names: Vec<String> = uncovered
        .iter()
        .map(|one| format!("{} ({})", one.operation, one.reason))
        .collect();
    let what = match names.len() {
        0 => return None,
        1 => "an operation that the generator has no code for".to_owned(),
        many => format!("{many} operations that the generator has no code for"),
    };
    Some(format!(
        "The verdict on Rust does not cover {what}: {}.",
        names.join("; ")
    ))
}

/// Returns the document of a release, if the release has one.
fn released(root: &Path, tag: &str) -> anyhow::Result<Option<Value>> {
    let text = git::file(root, tag, DOCUMENT)?;
    let parsed = text.map(|text| load::parse(&text)).transpose();
    parsed.with_context(|| format!("cannot parse {DOCUMENT} at {tag}"))
}

/// Whether the changelog has a new entry under "Spec", or the change needs no entry.
fn is_in_changelog(root: &Path, base: &str, wire: &Wire) -> anyhow::Result<bool> {
    if wire.verdict <= Some(Class::DocOnly) {
        return Ok(true);
    }
    let path = root.join(changelog::FILE);
    let now = std::fs::read_to_string(&path)
        .with_context(|| format!("cannot read {}", changelog::FILE))?;
    let base = git::file(root, base, changelog::FILE)?.unwrap_or_default();
    Ok(changelog::has_entry(&now, &base))
}
