//! Lists that come page by page.

use std::collections::{HashSet, VecDeque};
use std::fmt;
use std::hash::Hash;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_util::stream::{self, Stream, StreamExt};

use super::Pending;
use crate::error::Error;
use crate::response::Response;

/// A call that answers with one page of a list.
pub trait List: Clone + Send + 'static {
    /// The page.
    type Page: Send + 'static;
    /// What is listed.
    type Item: Send + 'static;
    /// What says where a page starts.
    type Place: Clone + Eq + Hash + Send;

    /// Reads the page.
    fn page(self) -> Pending<Self::Page>;

    /// Where the page after this one starts; nothing after the last one.
    ///
    /// # Errors
    ///
    /// When the service named a place that can't be one.
    fn next(&self, page: &Self::Page) -> Result<Option<Self::Place>, Error>;

    /// Asks for the page that starts there.
    fn go_to(&mut self, place: Self::Place);

    /// What the page lists.
    fn items(page: Self::Page) -> Vec<Self::Item>;

    /// Asks for pages as large as they get, unless the caller chose.
    fn enlarge(&mut self) {}
}

/// A list that is read as it is asked for: its pages, from `pages()` of a call,
/// or what is on them, from `stream()`.
///
/// It is a [`Stream`]; [`next`](Self::next) is there for those who need no
/// more. It ends after its first error. Dropping it is safe at any time.
#[must_use = "a stream does nothing until polled"]
pub struct ListStream<T>(Pin<Box<dyn Stream<Item = Result<T, Error>> + Send>>);

impl<T> ListStream<T> {
    /// The next one, or nothing after the last one.
    ///
    /// # Errors
    ///
    /// Those of the call. When the service names a place that it named before,
    /// the list would never end, and the kind is
    /// [`UnexpectedResponse`](crate::ErrorKind::UnexpectedResponse).
    ///
    /// # Cancel safety
    ///
    /// Cancel safe: nothing is skipped. A page that is on its way is waited for by
    /// the next call.
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

/// The pages of a list from a call on.
pub fn pages<L: List>(list: L) -> ListStream<Response<L::Page>> {
    let walk = Walk::new(list);
    ListStream(Box::pin(
        stream::unfold(walk, |mut walk| async move {
            let page = walk.page().await?;
            Some((page, walk))
        })
        .fuse(),
    ))
}

/// What is listed from a call on.
pub fn items<L: List>(mut list: L) -> ListStream<L::Item> {
    list.enlarge();
    let start = (Walk::new(list), VecDeque::new());
    ListStream(Box::pin(
        stream::unfold(start, |(mut walk, mut ready)| async move {
            loop {
                if let Some(item) = ready.pop_front() {
                    return Some((Ok(item), (walk, ready)));
                }
                match walk.page().await? {
                    Ok(page) => ready = L::items(page.into_inner()).into(),
                    Err(error) => return Some((Err(error), (walk, ready))),
                }
            }
        })
        .fuse(),
    ))
}

/// Where the reading of a list has come to.
struct Walk<L: List> {
    next: Option<L>,
    seen: HashSet<L::Place>,
}

impl<L: List> Walk<L> {
    fn new(list: L) -> Self {
        Self {
            next: Some(list),
            seen: HashSet::new(),
        }
    }

    async fn page(&mut self) -> Option<Result<Response<L::Page>, Error>> {
        let list = self.next.clone()?;
        let page = self.step(list).await;
        if page.is_err() {
            self.next = None;
        }
        Some(page)
    }

    async fn step(&mut self, mut list: L) -> Result<Response<L::Page>, Error> {
        let page = list.clone().page().await?;
        self.next = match list.next(&page)? {
            Some(place) if !self.seen.insert(place.clone()) => {
                return Err(Error::unexpected(RepeatedPlace));
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

/// Longer than any cursor that was seen by an order of magnitude.
const LONGEST_CURSOR: usize = 512;

/// The place that a cursor of the service's names. One that is no cursor must
/// not be sent back.
///
/// # Errors
///
/// When the text isn't at most 512 visible ASCII characters.
pub fn cursor(text: Option<&str>) -> Result<Option<String>, Error> {
    match text {
        None | Some("") => Ok(None),
        Some(text) => {
            let visible = text.bytes().all(|byte| byte.is_ascii_graphic());
            if visible && text.len() <= LONGEST_CURSOR {
                Ok(Some(text.to_owned()))
            } else {
                Err(Error::unexpected(InvalidCursor))
            }
        }
    }
}

/// The number of the page after one of so many.
#[must_use]
pub fn page_after(asked: Option<i64>, told: Option<i64>, last: Option<i64>) -> Option<i64> {
    let next = told.or(asked).unwrap_or(1).checked_add(1)?;
    last.filter(|last| next <= *last).map(|_| next)
}

/// The list leads back to a place it was at before.
#[derive(Clone, Copy, Debug)]
struct RepeatedPlace;

impl fmt::Display for RepeatedPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the list leads back to a page that was read before")
    }
}

impl std::error::Error for RepeatedPlace {}

/// A text in place of a cursor.
#[derive(Clone, Copy, Debug)]
struct InvalidCursor;

impl fmt::Display for InvalidCursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "a cursor is 1 to {LONGEST_CURSOR} visible ASCII characters"
        )
    }
}

impl std::error::Error for InvalidCursor {}
