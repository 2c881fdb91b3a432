//! Reads the history of the repository.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, bail, ensure};

/// The names that the main branch may have, the most likely first.
const MAIN: [&str; 4] = ["origin/HEAD", "origin/main", "main", "master"];

/// Returns the commit id of a revision.
///
/// # Errors
///
/// If git doesn't know the revision.
pub fn revision(root: &Path, name: &str) -> anyhow::Result<String> {
    // git would read a name with a leading dash as an option.
    ensure!(!name.starts_with('-'), "`{name}` is not a revision");
    let commit = format!("{name}^{{commit}}");
    let id = git(root, &["rev-parse", "--verify", "--quiet", &commit])?;
    id.with_context(|| format!("git knows no revision `{name}`"))
}

/// Returns the commit at which the current branch left the main branch.
///
/// # Errors
///
/// If there is no main branch, or no common commit.
pub fn merge_base(root: &Path) -> anyhow::Result<String> {
    for name in MAIN {
        if let Ok(main) = revision(root, name) {
            let base = git(root, &["merge-base", "HEAD", &main])?;
            return base.with_context(|| {
                format!("the branch has no commit in common with {name}; name a BASE")
            });
        }
    }
    bail!("there is no main branch; name a BASE")
}

/// Lists the tags that match a pattern, and point to the current commit or an ancestor.
///
/// # Errors
///
/// If git can't be run.
pub fn tags(root: &Path, pattern: &str) -> anyhow::Result<Vec<String>> {
    let tags = git(root, &["tag", "--list", pattern, "--merged", "HEAD"])?;
    Ok(tags
        .unwrap_or_default()
        .lines()
        .map(str::to_owned)
        .collect())
}

/// Whether the clone is shallow.
///
/// # Errors
///
/// If git can't be run.
pub fn is_shallow(root: &Path) -> anyhow::Result<bool> {
    let answer = git(root, &["rev-parse", "--is-shallow-repository"])?;
    Ok(answer.as_deref() == Some("true"))
}

/// Reads a file at a revision; `None` if the file doesn't exist there.
///
/// # Errors
///
/// If git can't be run, or the file isn't UTF-8.
pub fn file(root: &Path, revision: &str, path: &str) -> anyhow::Result<Option<String>> {
    let object = format!("{revision}:{path}");
    let output = command(root, &["cat-file", "blob", &object])?;
    if !output.status.success() {
        return Ok(None);
    }
    let text = String::from_utf8(output.stdout);
    Ok(Some(
        text.with_context(|| format!("{object} is not UTF-8"))?,
    ))
}

/// Runs git. Returns the trimmed output; `None` if git fails or prints nothing.
fn git(root: &Path, arguments: &[&str]) -> anyhow::Result<Option<String>> {
    let output = command(root, arguments)?;
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    Ok(Some(text).filter(|text| output.status.success() && !text.is_empty()))
}

fn command(root: &Path, arguments: &[&str]) -> anyhow::Result<std::process::Output> {
    let mut git = Command::new("git");
    let output = git.arg("-C").arg(root).args(arguments).output();
    output.context("git could not be run")
}
