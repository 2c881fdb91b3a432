//! Reads the helpdesk's list, page by page.

use std::collections::HashSet;
use std::pin::Pin;

use gorgias::KeyPage;
use gorgias::pacer::Lane;

use crate::halted::Reason;
use crate::run::reads::Reads;

/// A page that is being read.
type NextPage = Pin<Box<dyn Future<Output = Result<KeyPage, Reason>> + Send>>;

/// How reading the list ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::run) enum ListEnd {
    /// The whole list was read.
    Complete,
    /// The list is longer than its budget of requests.
    TooLong,
    /// The list has tickets that can't be read, or pages that lead back.
    NoProof,
}

/// Reads the list in order of creation, so that tickets created meanwhile come
/// at its end.
#[derive(Default)]
pub(in crate::run) struct ListReader {
    cursor: Option<String>,
    seen: HashSet<String>,
    pages: u64,
    unreadable: bool,
    next: Option<NextPage>,
}

impl ListReader {
    /// Reads the next page.
    pub(in crate::run) async fn page(&mut self, reads: &Reads) -> Result<KeyPage, Reason> {
        // The future is kept, so that nothing is lost if another event comes
        // first.
        let next = self.next.get_or_insert_with(|| {
            let reads = reads.clone();
            let list = reads.tickets.list().order_by("created_datetime:asc");
            let list = list.limit(100).trashed(true).with_lane(Lane::Bulk);
            let list = match self.cursor.clone() {
                Some(cursor) => list.cursor(cursor),
                None => list,
            };
            Box::pin(async move { reads.until_read(|| KeyPage::read(list.clone())).await })
        });
        let page = next.await;
        self.next = None;
        page
    }

    /// Goes on to the page after this one. Returns how the reading ended, if it
    /// did: at the end of the list, or because the budget is used up.
    pub(in crate::run) fn advance(&mut self, page: &KeyPage, budget: u64) -> Option<ListEnd> {
        self.pages = self.pages.saturating_add(1);
        self.unreadable |= page.unreadable > 0;
        let Some(next) = page.next_cursor().map(str::to_owned) else {
            return Some(if self.unreadable {
                ListEnd::NoProof
            } else {
                ListEnd::Complete
            });
        };
        if !self.seen.insert(next.clone()) {
            return Some(ListEnd::NoProof);
        }
        self.cursor = Some(next);
        (self.pages >= budget).then_some(ListEnd::TooLong)
    }
}
