//! What a conversion came to.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::NoticeKind;

/// What a conversion came to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Summary {
    /// The tickets in the input, deleted ones and older versions included.
    pub tickets: u64,
    /// The lines that were written: tickets for the import.
    pub lines: u64,
    /// The messages in them.
    pub messages: u64,
    /// How many of these are internal notes.
    pub notes: u64,
    /// The attachments in them.
    pub attachments: u64,
    /// The addresses of files and inline images that lead to a file that is
    /// there.
    pub files: u64,
    /// Those that still lead to the source.
    pub at_source: u64,
    /// How often each kind of notice was given.
    pub notices: BTreeMap<NoticeKind, u64>,
}

impl Summary {
    /// How many records are missing in the output that should be there.
    #[must_use]
    pub fn failures(&self) -> u64 {
        let failures = self.notices.iter().filter(|(kind, _)| kind.is_failure());
        failures.map(|(_, count)| count).sum()
    }
}
