//! What is said about one ticket.

use crate::{Notice, NoticeKind};

#[derive(Debug, Default)]
pub(crate) struct Notes {
    list: Vec<Notice>,
}

impl Notes {
    pub(crate) fn add(&mut self, kind: NoticeKind, at: &str, detail: impl Into<String>) {
        let notice = Notice::new(kind, detail);
        self.list.push(match at {
            "" => notice,
            at => notice.at(at),
        });
    }

    /// All of it, with the ticket it is about.
    pub(crate) fn about(self, external_id: &str, line: u64) -> Vec<Notice> {
        let mut list = self.list;
        for notice in &mut list {
            notice.external_id = Some(external_id.to_owned());
            notice.line = (line > 0).then_some(line);
        }
        list
    }
}
