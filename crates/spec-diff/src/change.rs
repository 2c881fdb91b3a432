//! Changes as they are reported.

use serde::{Serialize, Serializer};

use super::law::{Class, Direction};

/// What became of the wire.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Wire {
    /// The worst of the changes.
    pub verdict: WireVerdict,
    /// The changes, the worst first.
    pub changes: Vec<Change>,
}

/// A change of one part of the document, however many operations reach it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The rule, with the direction it is judged in.
    pub id: String,
    /// What it means for callers.
    pub class: Class,
    /// Which messages it is about.
    pub direction: Directions,
    /// The operations it reaches, in the order of the new document.
    pub operations: Vec<String>,
    /// Where it is in the old document, as a JSON pointer; what would hold it,
    /// where it isn't there.
    pub old: String,
    /// Where it is in the new document, likewise.
    pub new: String,
    /// What happened, with the values.
    pub message: String,
    /// Tells the change apart, whatever else changes.
    pub fingerprint: String,
}

/// Which messages a change is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Directions {
    /// Those of one direction.
    One(Direction),
    /// Those of both, or no message in particular.
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

/// The worst of several classes, or that there are none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WireVerdict {
    /// Nothing changed.
    #[default]
    None,
    /// Something did.
    Some(Class),
}

impl WireVerdict {
    /// The word used in every report.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Some(class) => class.word(),
        }
    }
}

impl Serialize for WireVerdict {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}
