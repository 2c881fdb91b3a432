//! Reads lists that the service returns page by page.

use std::collections::HashSet;
use std::fmt;
use std::hash::Hash;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_util::stream::{self, Stream, StreamExt, TryStreamExt};

use super::Pending;
use crate::error::Error;
use crate::response::Response;

/// A call that answers with one page of a list.
pub trait List: Clone + Send + 'static {
    /// The response to the call.
    type Page: Send + 'static;
    /// One element of the list.
    type Item: Send + 'static;
    /// The type that names the start of a page: a cursor or a page number.
    type Place: Clone + Eq + Hash + Send;

    /// Requests the page.
    fn page(self) -> Pending<Self::Page>;

    /// Returns the start of the page after this one, or `None` after the last
    /// one.
    ///
    /// # Errors
    ///
    /// When the service returned something that can't be a cursor.
    fn next(&self, page: &Self::Page) -> Result<Option<Self::Place>, Error>;

    /// Makes the call ask for the page that starts at `place`.
    fn go_to(&mut self, place: Self::Place);

    /// Returns the elements of a page.
    fn items(page: Self::Page) -> Vec<Self::Item>;

    /// Makes the call ask for the largest pages, unless the caller has set a
    /// size.
    fn enlarge(&mut self) {}
}

/// A list that requests its pages one by one, when they are needed. `pages()`
/// of a call yields the pages, `stream()` the elements on them.
///
/// It is a [`Stream`]; [`next`](Self::next) works without importing that trait.
/// It ends after its first error, and can be dropped at any time.
#[must_use = "a stream does nothing until polled"]
pub struct ListStream<T>(Pin<Box<dyn Stream<Item = Result<T, Error>> + Send>>);

impl<T> ListStream<T> {
    /// Returns the next page or element, or `None` after the last one.
    ///
    /// # Errors
    ///
    /// The errors of the call. When the service returns a cursor or page number
    /// that it returned before, the list would never end; the kind is then
    /// [`UnexpectedResponse`](crate::ErrorKind::UnexpectedResponse).
    ///
    /// # Cancel safety
    ///
    /// Cancel safe: no element is skipped. If a dropped call had requested a page,
    /// the following call of `next` continues to wait for that page.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        self.0.next().await
    }
}

impl<T> Stream for ListStream<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_next_unpin(context)
    }
}

impl<T> fmt::Debug for ListStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ListStream").finish_non_exhaustive()
    }
}

/// Returns the pages of a list, starting with the page that the call asks for.
pub fn pages<L: List>(list: L) -> ListStream<Response<L::Page>> {
    ListStream(Box::pin(
        stream::unfold(Position::new(list), |mut position| async move {
            let page = position.page().await?;
            Some((page, position))
        })
        .fuse(),
    ))
}

/// Returns the elements of a list, starting with the page that the call asks
/// for.
pub fn items<L: List>(mut list: L) -> ListStream<L::Item> {
    list.enlarge();
    let items = pages(list).map_ok(|page| {
        let items = L::items(page.into_inner());
        stream::iter(items.into_iter().map(Ok::<_, Error>))
    });
    ListStream(Box::pin(items.try_flatten()))
}

/// The position in a list: the call for the next page, and the starts of the pages
/// already requested.
struct Position<L: List> {
    next: Option<L>,
    seen: HashSet<L::Place>,
}

impl<L: List> Position<L> {
    fn new(list: L) -> Self {
        Self {
            next: Some(list),
            seen: HashSet::new(),
        }
    }

    /// Reads the next page. No page follows an error.
    async fn page(&mut self) -> Option<Result<Response<L::Page>, Error>> {
        let list = self.next.take()?;
        Some(self.read(list).await)
    }

    async fn read(&mut self, mut list: L) -> Result<Response<L::Page>, Error> {
        let page = list.clone().page().await?;
        self.next = match list.next(&page)? {
            Some(place) if !self.seen.insert(place.clone()) => {
                return Err(Error::unexpected(
                    "the list leads back to a page that was read before",
                ));
            }
            Some(place) => {
                list.go_to(place);
                Some(list)
            }
            None => None,
        };
        Ok(page)
    }
}

/// Returns the number of the next page. Returns `None` if that number is above
/// `last`, or if `last` isn't known. The number of the current page is `reported`,
/// if the service reports it; otherwise `asked`, if the caller asked for a page;
/// otherwise 1.
#[must_use]
pub fn page_after(asked: Option<i64>, reported: Option<i64>, last: Option<i64>) -> Option<i64> {
    let next = reported.or(asked).unwrap_or(1).checked_add(1)?;
    last.filter(|last| next <= *last).map(|_| next)
}
