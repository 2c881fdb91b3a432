//! Reads the helpdesk's list, page by page.

use std::collections::HashSet;

use futures_util::future::BoxFuture;
use gorgias::KeyPage;
use gorgias::pacer::Lane;

use super::reads::Reads;
use crate::halted::Reason;

/// How reading the list ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ListEnd {
    /// The whole list was read.
    Complete,
    /// The list has more pages than the budget of requests.
    TooLong,
    /// The list has tickets that can't be read, or its pages lead back to an earlier page.
    NoProof,
}

/// Reads the list from its first page on.
pub(super) struct ListReader {
    order: &'static str,
    cursor: Option<String>,
    /// The cursors so far, to notice a page that leads back to an earlier one.
    cursors: HashSet<String>,
    pages: u64,
    unreadable: bool,
    next: Option<BoxFuture<'static, Result<KeyPage, Reason>>>,
}

impl ListReader {
    /// Reads in order of creation, so that tickets created meanwhile are at the end.
    pub(super) fn oldest_first() -> Self {
        Self::in_order("created_datetime:asc")
    }

    /// Reads the most recently changed ticket first.
    pub(super) fn last_changed_first() -> Self {
        Self::in_order("updated_datetime:desc")
    }

    fn in_order(order: &'static str) -> Self {
        Self {
            order,
            cursor: None,
            cursors: HashSet::new(),
            pages: 0,
            unreadable: false,
            next: None,
        }
    }

    /// Reads the next page. A dropped future loses nothing: the next call continues the
    /// read.
    pub(super) async fn page(&mut self, reads: &Reads) -> Result<KeyPage, Reason> {
        let next = self.next.get_or_insert_with(|| {
            let reads = reads.clone();
            let list = reads.tickets.list().order_by(self.order);
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

    /// Continues with the page after this one. Returns how the reading ended, or `None` if it
    /// goes on. Reading ends after the last page, after `budget` pages, or at a page that leads
    /// back to an earlier one.
    pub(super) fn advance(&mut self, page: &KeyPage, budget: u64) -> Option<ListEnd> {
        self.pages = self.pages.saturating_add(1);
        self.unreadable |= page.unreadable > 0;
        let Some(next) = page.next_cursor().map(str::to_owned) else {
            return Some(if self.unreadable {
                ListEnd::NoProof
            } else {
                ListEnd::Complete
            });
        };
        // A list whose pages lead back would never end.
        if !self.cursors.insert(next.clone()) {
            return Some(ListEnd::NoProof);
        }
        self.cursor = Some(next);
        (self.pages >= budget).then_some(ListEnd::TooLong)
    }
}
