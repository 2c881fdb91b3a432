//! What the account does not allow.

use crate::document::Violation;

/// Why a request has no effect.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    /// What it is about is not there.
    NotFound,
    /// It contradicts what is there, at these places of the request.
    Invalid(Vec<Violation>),
    /// Two resources cannot become one.
    Conflict,
    /// The account may not create more.
    Quota,
}

impl Refused {
    /// The path to what is wrong, and what that is.
    pub(crate) fn at(path: Vec<String>, message: impl Into<String>) -> Self {
        let message = message.into();
        Self::Invalid(vec![Violation { path, message }])
    }

    /// What is wrong with one member or parameter.
    pub(crate) fn of(name: &str, message: impl Into<String>) -> Self {
        Self::at(vec![name.to_owned()], message)
    }
}
