//! Collects the notices about one conversation while it is rendered.

use crate::{Notice, NoticeKind};

#[derive(Debug, Default)]
pub(super) struct Notes(pub(super) Vec<Notice>);

impl Notes {
    pub(super) fn add(&mut self, kind: NoticeKind, at: &str, detail: impl Into<String>) {
        let notice = Notice::new(kind, detail);
        self.0.push(match at {
            "" => notice,
            at => notice.at(at),
        });
    }

    /// Returns the notices with the external id of their ticket. A notice without a
    /// line gets the line of the conversation.
    pub(super) fn about(self, external_id: Option<&str>, line: u64) -> Vec<Notice> {
        let mut notices = self.0;
        for notice in &mut notices {
            notice.external_id = external_id.map(str::to_owned);
            notice.line = notice.line.or((line > 0).then_some(line));
        }
        notices
    }
}
