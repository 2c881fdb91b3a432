//! The violations in a request, with their places.

use std::{error::Error, fmt, slice, vec};

/// A place in a request that breaks a rule of the document.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Violation {
    pointer: String,
    message: String,
}

impl Violation {
    /// Creates a violation at `pointer`.
    pub fn new(pointer: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            pointer: pointer.into(),
            message: message.into(),
        }
    }

    /// The place, as a JSON pointer ([RFC 6901]) into the request body. The
    /// empty pointer is the body itself. For a parameter, the name of the
    /// parameter is in front of the pointer.
    ///
    /// [RFC 6901]: https://www.rfc-editor.org/rfc/rfc6901
    #[must_use]
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// Puts the name of a parameter in front of the pointer.
    pub(crate) fn of_parameter(self, name: &str) -> Self {
        Self {
            pointer: format!("{name}{}", self.pointer),
            ..self
        }
    }

    /// The rule that the value breaks, such as `must be at most 30`. It never
    /// repeats the value.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.pointer.as_str() {
            "" => write!(f, "the body {}", self.message),
            pointer => write!(f, "{pointer} {}", self.message),
        }
    }
}

/// Escapes the name of a member for a JSON pointer.
pub(crate) fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// All violations in a request. There is at least one.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Violations(Vec<Violation>);

impl Violations {
    /// Returns an error with the violations, if there are any.
    ///
    /// # Errors
    ///
    /// When there is at least one violation.
    pub fn result(violations: Vec<Violation>) -> Result<(), Self> {
        if violations.is_empty() {
            Ok(())
        } else {
            Err(Self(violations))
        }
    }

    /// The violations, in order.
    pub fn iter(&self) -> slice::Iter<'_, Violation> {
        self.0.iter()
    }
}

impl<'a> IntoIterator for &'a Violations {
    type Item = &'a Violation;
    type IntoIter = slice::Iter<'a, Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl IntoIterator for Violations {
    type Item = Violation;
    type IntoIter = vec::IntoIter<Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("; ")?;
            }
            violation.fmt(f)?;
        }
        Ok(())
    }
}

impl Error for Violations {}
