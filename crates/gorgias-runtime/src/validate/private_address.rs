//! An address of an attachment that isn't public.

use std::fmt;

use super::Violation;

/// An address of an attachment that isn't public, with its violation. A client
/// may allow it.
///
/// `Debug` shows the place of the address, and not the address itself.
#[derive(Clone)]
pub struct PrivateAddress {
    text: String,
    violation: Violation,
}

impl PrivateAddress {
    pub(super) fn new(text: &str, violation: Violation) -> Self {
        Self {
            text: text.to_owned(),
            violation,
        }
    }

    /// Whether the address is below a base address without a trailing slash.
    pub(super) fn is_below(&self, base: &str) -> bool {
        let rest = self.text.strip_prefix(base);
        rest.is_some_and(|rest| rest.starts_with('/'))
    }

    pub(super) fn into_violation(self) -> Violation {
        self.violation
    }
}

impl fmt::Debug for PrivateAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PrivateAddress")
            .field(&self.violation)
            .finish()
    }
}
