//! What changes for the users of the generated crate.
//!
//! Both documents go through the pipeline in memory. What a program can see of
//! each generated crate is listed (`api`), and the lists are compared
//! (`changes`).

mod api;
mod cause;
mod changes;
mod generated;
mod item;
mod macros;
mod print;
mod scope;
mod visit;

use anyhow::ensure;
use serde::Serialize;
use serde_json::Value;

pub use generated::THREAD;

use spec_codegen::lint::Origin;
use spec_diff::Wire;

/// What became of the generated crate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rust {
    /// The worst of the changes.
    pub verdict: RustVerdict,
    /// Why there is no crate, with a place and a remedy.
    pub reason: Option<String>,
    /// The changes, breaking ones first.
    pub changes: Vec<RustChange>,
    /// Which documents the generator would refuse.
    #[serde(skip)]
    pub refused: Option<Refused>,
}

/// What a new version of the crate is to programs that use the old one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RustVerdict {
    /// They can't tell.
    None,
    /// They compile, and there is more to use.
    Additive,
    /// They may not compile.
    Breaking,
    /// There is none: the generator would refuse a document.
    NotGeneratable,
}

impl RustVerdict {
    /// The word used in every report.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Additive => "additive",
            Self::Breaking => "breaking",
            Self::NotGeneratable => "not-generatable",
        }
    }
}

/// Which of two documents there is no crate for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// There will be a crate where there was none.
    Old,
    /// There was a crate, and will be none.
    New,
    /// There was none, and will be none.
    Both,
}

/// A change of the generated crate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RustChange {
    /// What it is to programs that use the old crate.
    pub class: RustClass,
    /// What changed, from the crate's root.
    pub item: String,
    /// How.
    pub message: String,
    /// The change of the document that caused it, where that can be told: its
    /// id and place.
    pub cause: Option<String>,
}

/// What one change is to programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RustClass {
    /// They go on compiling.
    Additive,
    /// They may not.
    Breaking,
}

impl RustClass {
    /// The word used in every report.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Additive => "additive",
            Self::Breaking => "breaking",
        }
    }
}

/// Compares the crates that two documents are generated into. `origin` says
/// whether the new document has to follow our conventions; the old one is past
/// mending.
///
/// # Errors
///
/// When a crate has macros that may declare something: nobody can tell what.
pub fn compare(old: &Value, new: &Value, origin: Origin, wire: &Wire) -> anyhow::Result<Rust> {
    let (old, new) = match generated::both(old, new, origin) {
        (Ok(old), Ok(new)) => (old, new),
        (Ok(_), Err(reason)) => return Ok(Rust::refused(Refused::New, reason)),
        (Err(reason), Ok(_)) => {
            return Ok(Rust::refused(Refused::Old, reason));
        }
        (Err(_), Err(reason)) => return Ok(Rust::refused(Refused::Both, reason)),
    };
    for api in [&old, &new] {
        ensure!(
            api.hidden().is_empty(),
            "the generated crate has macros, and what those declare can't be compared: {}",
            api.hidden().join(", ")
        );
    }
    let mut changes = changes::between(&old, &new);
    cause::attribute(&mut changes, wire);
    let worst = changes.iter().map(|change| change.class).max();
    Ok(Rust {
        verdict: match worst {
            None => RustVerdict::None,
            Some(RustClass::Additive) => RustVerdict::Additive,
            Some(RustClass::Breaking) => RustVerdict::Breaking,
        },
        reason: None,
        changes,
        refused: None,
    })
}

impl Rust {
    fn refused(which: Refused, reason: String) -> Self {
        Self {
            verdict: RustVerdict::NotGeneratable,
            reason: Some(reason),
            changes: Vec::new(),
            refused: Some(which),
        }
    }
}
