//! Compares the generated crates of two documents, to find the changes for their users.
//!
//! `generated` generates both crates in memory. `visit` lists the public items of each
//! crate, `changes` compares the lists, and `cause` adds the change of the document that
//! caused each change.

mod cause;
mod changes;
mod declared;
mod generated;
mod item;
mod partial;
mod print;
mod scope;
mod visit;

use serde::Serialize;
use serde_json::Value;

pub use partial::Uncovered;

use spec_codegen::lint::Origin;
use spec_diff::Wire;

use self::item::ApiItem;

/// The result of the comparison.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rust {
    /// The worst of the changes.
    pub verdict: RustVerdict,
    /// Why a crate can't be generated, with a place and a remedy.
    pub reason: Option<String>,
    /// The changes, breaking ones first.
    pub changes: Vec<RustChange>,
    /// Operations that the verdict doesn't cover, because the generator has no code for them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub uncovered: Vec<Uncovered>,
    /// The documents that the generator refuses.
    #[serde(skip)]
    pub refused: Option<Refused>,
}

/// What the new crate means for programs that use the old crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RustVerdict {
    /// Nothing changes for programs.
    None,
    /// Programs compile, and the crate has more items.
    Additive,
    /// Some programs may not compile.
    Breaking,
    /// The effect is unknown, because the generator refuses a document.
    NotGeneratable,
}

impl RustVerdict {
    /// Returns the word for the verdict.
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

/// The documents that the generator refuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// The old document only.
    Old,
    /// The new document only.
    New,
    /// Both documents.
    Both,
}

/// A change of the generated crate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RustChange {
    /// What the change means for programs that use the old crate.
    pub class: RustClass,
    /// The path of the changed item, from the crate's root.
    pub item: String,
    /// The change in words.
    pub message: String,
    /// The id and place of the change of the document that is the cause, if known.
    pub cause: Option<String>,
}

/// What a single change means for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RustClass {
    /// Programs still compile.
    Additive,
    /// Some programs may not compile.
    Breaking,
}

impl RustClass {
    /// Returns the word for the class in reports.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Additive => "additive",
            Self::Breaking => "breaking",
        }
    }
}

/// Compares the crates that are generated from two documents. `origin` says whether the new
/// document has to follow our conventions; the old document needn't. If the generator refuses a
/// document, and the new document isn't our own, the operations for which the generator has no
/// code are left out of both documents.
pub fn compare(old: &Value, new: &Value, origin: Origin, wire: &Wire) -> Rust {
    let (refused, reason) = match generated::both(old, new, origin) {
        (Ok(old), Ok(new)) => return between(&old, &new, Vec::new(), wire),
        (Ok(_), Err(reason)) => (Refused::New, reason),
        (Err(reason), Ok(_)) => (Refused::Old, reason),
        (Err(_), Err(reason)) => (Refused::Both, reason),
    };
    let partial = match origin {
        Origin::Own => None,
        Origin::Foreign => partial::both(old, new),
    };
    match partial {
        Some(partial) => between(&partial.old, &partial.new, partial.uncovered, wire),
        None => Rust::refused(refused, reason),
    }
}

fn between(old: &[ApiItem], new: &[ApiItem], uncovered: Vec<Uncovered>, wire: &Wire) -> Rust {
    let mut changes = changes::between(old, new);
    cause::attribute(&mut changes, wire);
    let worst = changes.iter().map(|change| change.class).max();
    Rust {
        verdict: match worst {
            None => RustVerdict::None,
            Some(RustClass::Additive) => RustVerdict::Additive,
            Some(RustClass::Breaking) => RustVerdict::Breaking,
        },
        reason: None,
        changes,
        uncovered,
        refused: None,
    }
}

impl Rust {
    fn refused(which: Refused, reason: String) -> Self {
        Self {
            verdict: RustVerdict::NotGeneratable,
            reason: Some(reason),
            changes: Vec::new(),
            uncovered: Vec::new(),
            refused: Some(which),
        }
    }
}
