//! Reads a list with cursors, to its end or until it is known to prove nothing.

use std::collections::HashSet;
use std::ops::ControlFlow;

use gorgias_runtime::Error;
use gorgias_runtime::support::{OperationCall, read_json};
use serde::{Deserialize, Deserializer};

use super::answer::{Evidence, Reason};
use super::keys::{Key, Keys};
use super::look::{Look, Parts};

/// The most pages that one look-up reads of a list.
const MOST_PAGES: usize = 25;

/// The items that a list is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asked {
    /// Only items with the key that is looked for.
    Key,
    /// All items.
    Everything,
}

/// A list that is read page by page. A look-up asks the list for a key, and reads
/// the whole list if the service doesn't filter.
pub(crate) trait CursorList: Send {
    /// The kind of thing that is looked for.
    const NOUN: &'static str;
    /// The call that reads a page.
    type Call: OperationCall;
    /// An item of the list.
    type Item: Key + Send;

    /// Makes the call for the first page.
    fn list(&self, asked: Asked) -> Self::Call;

    /// Makes the call for the page at a cursor.
    fn at(list: Self::Call, cursor: String) -> Self::Call;

    /// Whether the whole list may be read.
    fn may_walk(&self) -> bool {
        true
    }

    /// Adds the ids of the items that are looked for. Breaks when no further page
    /// is needed, with the reason why the list proves no absence if nothing was
    /// found.
    fn collect(
        &mut self,
        items: Vec<Self::Item>,
        asked: Asked,
        parts: &mut Parts,
        found: &mut Vec<i64>,
    ) -> impl Future<Output = Result<ControlFlow<Reason>, Error>> + Send;
}

impl<L: CursorList> Look for L {
    const NOUN: &'static str = L::NOUN;

    async fn look(&mut self, parts: &mut Parts) -> Result<Evidence, Error> {
        match walk(self, Asked::Key, parts).await? {
            Evidence::None(none) if none.is_of_filter() && self.may_walk() => {
                walk(self, Asked::Everything, parts).await
            }
            evidence => Ok(evidence),
        }
    }
}

async fn walk<L: CursorList>(
    list: &mut L,
    asked: Asked,
    parts: &mut Parts,
) -> Result<Evidence, Error> {
    let conclude = |found, doubt| Ok(Evidence::of(found, doubt, L::NOUN));
    let mut found = Vec::new();
    let mut doubt = None;
    let mut seen = HashSet::new();
    let mut call = list.list(asked);
    for _ in 0..MOST_PAGES {
        let page = call.with_options(parts.next());
        let page = match page.read_as(read_json::<CursorPage<L::Item>>).await {
            Ok(page) => page,
            // An error on a later page doesn't change what earlier pages showed.
            Err(_) if !found.is_empty() => return conclude(found, doubt),
            Err(error) => return Err(error),
        };
        let (page, metadata) = page.into_parts();
        doubt = doubt.or(Reason::of_page(page.keys.defect, &metadata));
        let items = page.keys.items;
        match list.collect(items, asked, parts, &mut found).await {
            Ok(ControlFlow::Continue(())) => {}
            Ok(ControlFlow::Break(reason)) => return conclude(found, Some(reason)),
            Err(_) if !found.is_empty() => return conclude(found, doubt),
            Err(error) => return Err(error),
        }
        let Some(next) = page.next else {
            return conclude(found, doubt);
        };
        if !seen.insert(next.clone()) {
            return conclude(found, Some(Reason::Repeats));
        }
        call = L::at(list.list(asked), next);
    }
    conclude(found, Some(Reason::TooLong))
}

/// A page of a list with cursors.
struct CursorPage<T> {
    keys: Keys<T>,
    next: Option<String>,
}

impl<'de, T: Key> Deserialize<'de> for CursorPage<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let keys = Keys::deserialize(deserializer)?;
        let next = keys.next_cursor()?;
        Ok(Self { keys, next })
    }
}
