//! Finds the two documents to compare.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, ensure};
use serde_json::Value;
use spec_model::load;

use super::arguments::Arguments;
use super::git;
use crate::files::read;
use crate::workspace::DOCUMENT;

/// The documents to compare.
#[derive(Debug)]
pub struct Documents {
    /// The old document.
    pub old: Value,
    /// The new document.
    pub new: Value,
    /// The text of the new document, in which the lines of changes are searched.
    pub text: String,
    /// The path of the new document in reports.
    pub path: PathBuf,
    /// The revision from which the old document was read; `None` for a file.
    pub revision: Option<String>,
}

impl Documents {
    /// Reads both documents.
    ///
    /// # Errors
    ///
    /// If a document can't be found or read, or isn't an OpenAPI 3.0 document.
    pub fn find(arguments: &Arguments, root: &Path) -> anyhow::Result<Self> {
        let documents = match (&arguments.old, &arguments.new) {
            (Some(old), Some(new)) => Self::of_files(old, new)?,
            _ => Self::of_repository(arguments.base.as_deref(), root)?,
        };
        check(&documents.old).context("the old document")?;
        check(&documents.new).context("the new document")?;
        Ok(documents)
    }

    fn of_files(old: &Path, new: &Path) -> anyhow::Result<Self> {
        let text = read(new)?;
        Ok(Self {
            old: load::document(old)?,
            new: load::parse(&text).with_context(|| format!("cannot parse {}", new.display()))?,
            text,
            path: new.to_owned(),
            revision: None,
        })
    }

    fn of_repository(base: Option<&str>, root: &Path) -> anyhow::Result<Self> {
        let (revision, path) = match base.map(|base| base.split_once(':')) {
            None => (git::merge_base(root)?, DOCUMENT),
            Some(None) => (git::revision(root, base.unwrap_or_default())?, DOCUMENT),
            Some(Some((revision, path))) => (git::revision(root, revision)?, path),
        };
        let old = git::file(root, &revision, path)?;
        let old = old.with_context(|| format!("there is no {path} at {revision}"))?;
        let text = read(&root.join(DOCUMENT))?;
        Ok(Self {
            old: load::parse(&old).with_context(|| format!("cannot parse {path} at {revision}"))?,
            new: load::parse(&text).with_context(|| format!("cannot parse {DOCUMENT}"))?,
            text,
            path: PathBuf::from(DOCUMENT),
            revision: Some(revision),
        })
    }
}

/// Fails unless the document is OpenAPI 3.0, because other releases give keywords other
/// meanings.
fn check(document: &Value) -> anyhow::Result<()> {
    let version = document.get("openapi");
    let version = version.context("not an OpenAPI document: it has no `openapi`")?;
    let version = version.as_str().with_context(|| {
        format!("not an OpenAPI document: its `openapi` is {version}, and not a string")
    })?;
    ensure!(
        version.starts_with("3.0."),
        "only OpenAPI 3.0 documents are compared, and this follows {version}"
    );
    Ok(())
}
