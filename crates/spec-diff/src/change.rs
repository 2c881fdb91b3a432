//! The result of a comparison: the changes, and the verdict on all of them.

use serde::{Serialize, Serializer};

use super::compatibility::Class;

/// The changes for the service's callers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Wire {
    /// The worst class of the changes; `None` if there are none.
    #[serde(serialize_with = "word")]
    pub verdict: Option<Class>,
    /// The changes, the worst first.
    pub changes: Vec<Change>,
}

/// A change of one part of the document. If several operations reach the part, they share
/// the change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The id of the rule, with the direction in which it is judged.
    pub id: String,
    /// The meaning of the change for callers.
    pub class: Class,
    /// The direction of the messages that change: `request`, `response`, or `both`, which
    /// also stands for a change of no message in particular.
    pub direction: &'static str,
    /// The operations whose messages change, in the order of the new document.
    pub operations: Vec<String>,
    /// The JSON pointer of the changed part in the old document. If the old document
    /// doesn't have the part, the pointer of the part that would contain it.
    pub old: String,
    /// The JSON pointer of the changed part in the new document, or of the part that would
    /// contain it.
    pub new: String,
    /// The change in words, with the values.
    pub message: String,
    /// An identifier of the change that doesn't depend on other changes of the document.
    pub fingerprint: String,
}

fn word<S: Serializer>(verdict: &Option<Class>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(verdict.map_or("none", Class::word))
}
