//! The tasks to do before a change can be merged.

use std::fmt::Write as _;

use semver::Version;
use serde::Serialize;
use serde_json::Value;
use spec_diff::Change;

use super::accepted;
use super::changelog;
use super::comparison::Comparison;
use super::need::Need;
use super::rust::Refused;
use super::subject::sentence;
use super::versions::Versions;

/// A task.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize)]
pub struct ToDo {
    /// The problem, in a few words.
    pub title: String,
    /// The file that the task is about.
    pub file: String,
    /// The remedy, as sentences in Markdown.
    pub text: String,
    /// The lines of the acknowledgements, if acknowledging is a remedy.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub lines: String,
    /// Whether the task is about a break without the version that it needs. A new document that
    /// the generator refuses counts as such a break.
    #[serde(skip)]
    pub is_break: bool,
}

/// Returns a task if the generator refuses the new document and accepts the old one.
pub fn document(change: &Comparison) -> Option<ToDo> {
    let (Refused::New, refusal) = change.refusal()? else {
        return None;
    };
    Some(ToDo {
        title: "the generator refuses the document".to_owned(),
        file: crate::workspace::DOCUMENT.to_owned(),
        text: format!("Change the document so that the generator takes it: {refusal}."),
        is_break: true,
        ..ToDo::default()
    })
}

/// Returns a task if the version of the crates is too low. `since` are all changes since the
/// release from which versions are counted, and `tag` is the tag of that release.
pub fn version(
    versions: &Versions,
    since: &Comparison,
    breaks: &[&Change],
    tag: Option<&str>,
    document: &Value,
) -> Option<ToDo> {
    let too_low = versions.iter().filter(|(_, step)| !step.ok);
    let too_low: Vec<(&str, &Version)> = too_low
        .filter_map(|(name, step)| Some((name.as_str(), step.needed.as_ref()?)))
        .collect();
    let needed = too_low.iter().map(|(_, needed)| *needed).max()?;
    let names: Vec<&str> = too_low.iter().map(|(name, _)| *name).collect();
    let verb = if names.len() == 1 { "needs" } else { "need" };
    let rust_breaks = since.need_of_rust() == Need::Breaking;
    let reasons = [
        match breaks.len() {
            0 => None,
            1 => Some("one change breaks callers".to_owned()),
            more => Some(format!("{more} changes break callers")),
        },
        rust_breaks.then(|| "programs that use the crates may not compile".to_owned()),
    ];
    let reasons: Vec<String> = reasons.into_iter().flatten().collect();
    let reasons = reasons.join(", and ");
    let from = tag.map_or_else(String::new, |tag| format!("since {tag}, "));
    let mut text =
        format!("Raise the version with `cargo xtask version {needed}`: {from}{reasons}.");
    let mut lines = String::new();
    if !rust_breaks {
        let _ = write!(
            text,
            " Or, if the break affects nobody, acknowledge each break in `{}` with the reason:",
            accepted::FILE
        );
        for change in breaks {
            let summary = sentence(document, change).replace(['\n', '\r'], " ");
            let _ = writeln!(lines, "# {summary}\n{} = \"…\"", change.fingerprint);
        }
    }
    Some(ToDo {
        title: format!("{} {verb} {needed}", names.join(" and ")),
        file: "Cargo.toml".to_owned(),
        text,
        lines,
        is_break: true,
    })
}

/// Returns the task of adding an entry to the changelog.
pub fn changelog() -> ToDo {
    ToDo {
        title: format!("{} has no entry", changelog::FILE),
        file: changelog::FILE.to_owned(),
        text: format!(
            "Say under `### Spec` in `{}` what changed; `cargo xtask diff --changelog` writes a draft.",
            changelog::FILE
        ),
        ..ToDo::default()
    }
}

/// Returns a task if acknowledgements match no break, because they could match another break
/// later.
pub fn stale(fingerprints: &[&str]) -> Option<ToDo> {
    let (first, more) = fingerprints.split_first()?;
    let what = if more.is_empty() { "a line" } else { "lines" };
    let all = more.iter().fold(format!("`{first}`"), |all, fingerprint| {
        format!("{all}, `{fingerprint}`")
    });
    Some(ToDo {
        title: format!("{} has {what} without a break", accepted::FILE),
        file: accepted::FILE.to_owned(),
        text: format!(
            "Remove the lines that match no break from `{}`: {all}.",
            accepted::FILE
        ),
        ..ToDo::default()
    })
}
