//! The summary of a conversion.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::NoticeKind;

/// The summary of a conversion.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Summary {
    /// The tickets in the input. Deleted tickets and older versions are counted too.
    pub tickets: u64,
    /// The lines that were written, each with a ticket for the import.
    pub lines: u64,
    /// The messages in the lines.
    pub messages: u64,
    /// The messages that are internal notes.
    pub notes: u64,
    /// The attachments in the lines.
    pub attachments: u64,
    /// The addresses of attachments and inline images that were replaced by those of fetched
    /// files.
    pub files: u64,
    /// The addresses of attachments and inline images that still lead to the source.
    pub at_source: u64,
    /// The number of notices of each kind.
    pub notices: BTreeMap<NoticeKind, u64>,
}

impl Summary {
    /// The number of records that are missing in the output, and should be there.
    #[must_use]
    pub fn failures(&self) -> u64 {
        let failures = self.notices.iter().filter(|(kind, _)| kind.is_failure());
        failures.map(|(_, count)| count).sum()
    }
}
