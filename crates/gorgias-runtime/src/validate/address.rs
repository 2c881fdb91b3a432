//! Addresses of files that are not public.

use std::fmt;

use super::Violation;

/// An address that is not public, which a client may allow all the same.
///
/// `Debug` shows where it stands, and not the address.
#[derive(Clone)]
pub struct Address {
    text: String,
    violation: Violation,
}

impl Address {
    pub(super) fn new(text: &str, violation: Violation) -> Self {
        Self {
            text: text.to_owned(),
            violation,
        }
    }

    /// Whether it leads to something below a base address without a slash at
    /// its end.
    pub(super) fn is_below(&self, base: &str) -> bool {
        let rest = self.text.strip_prefix(base);
        rest.is_some_and(|rest| rest.starts_with('/'))
    }

    pub(super) fn into_violation(self) -> Violation {
        self.violation
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Address").field(&self.violation).finish()
    }
}
