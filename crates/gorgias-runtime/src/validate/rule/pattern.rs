//! Regular expressions that a string must match.

use std::sync::OnceLock;

/// A regular expression of ECMA 262, compiled at its first use.
#[derive(Debug)]
pub struct Pattern {
    source: &'static str,
    compiled: OnceLock<Option<regress::Regex>>,
}

impl Pattern {
    /// Creates a pattern.
    #[must_use]
    pub const fn new(source: &'static str) -> Self {
        Self {
            source,
            compiled: OnceLock::new(),
        }
    }

    /// The text of the expression.
    pub fn source(&self) -> &'static str {
        self.source
    }

    /// Whether the expression occurs in `text`. An expression that doesn't
    /// compile would accept every text, but the generator refuses such an
    /// expression.
    pub(in crate::validate) fn occurs_in(&self, text: &str) -> bool {
        self.compiled
            .get_or_init(|| regress::Regex::new(self.source).ok())
            .as_ref()
            .is_none_or(|regex| regex.find(text).is_some())
    }
}
