//! The refusals of the store.

use crate::document::Violation;

/// The reason why a request has no effect.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    /// The resource doesn't exist.
    NotFound,
    /// The request contradicts the state, at these places.
    Invalid(Vec<Violation>),
    /// Two resources can't be merged.
    Conflict,
    /// The account's quota is used up.
    Quota,
}

impl Refused {
    /// Makes a refusal with one violation at a path.
    pub(crate) fn at(path: &[&str], message: impl Into<String>) -> Self {
        Self::Invalid(vec![Violation::new(path, message)])
    }

    /// Makes a refusal with one violation of a member or parameter.
    pub(crate) fn of(name: &str, message: impl Into<String>) -> Self {
        Self::at(&[name], message)
    }
}
