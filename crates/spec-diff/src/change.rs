//! The types of a report: changes, and the verdict on all of them.

use serde::{Serialize, Serializer};

use super::compatibility::{Class, Direction};

/// The result of a comparison: what changes for the service's callers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Wire {
    /// The worst class of the changes; `None` without changes.
    #[serde(serialize_with = "word")]
    pub verdict: Option<Class>,
    /// The changes, the worst first.
    pub changes: Vec<Change>,
}

/// A change of one part of the document. Several operations that reach the part are
/// one change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The id of the rule, with the direction in which it is judged.
    pub id: String,
    /// What the change means for callers.
    pub class: Class,
    /// The direction of the messages that the change is about.
    pub direction: Directions,
    /// The operations whose messages it changes, in the order of the new
    /// document.
    pub operations: Vec<String>,
    /// JSON pointer of the changed part in the old document. If the old document
    /// doesn't have the part, the pointer of the part that would contain it.
    pub old: String,
    /// JSON pointer of the changed part in the new document, or of the part that would
    /// contain it.
    pub new: String,
    /// The change in words, with the values.
    pub message: String,
    /// An identifier of the change that doesn't depend on other changes of the document.
    pub fingerprint: String,
}

/// The directions of the messages that a change is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Directions {
    /// Messages of one direction.
    One(Direction),
    /// Messages of both directions, or no message in particular.
    Both,
}

impl Directions {
    /// The word used in every report.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::One(direction) => direction.word(),
            Self::Both => "both",
        }
    }
}

impl Serialize for Directions {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

fn word<S: Serializer>(verdict: &Option<Class>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(verdict.map_or("none", Class::word))
}
