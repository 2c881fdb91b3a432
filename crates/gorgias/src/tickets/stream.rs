//! A list as a stream.

use std::collections::{HashSet, VecDeque};
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_util::stream::{self, Stream, StreamExt};
use gorgias_api::types::TicketCompact;
use gorgias_runtime::Error;

use super::{Cursor, List};

/// The tickets of a list one by one, from [`List::stream`].
///
/// It is a [`Stream`]; [`next`](Self::next) is there for those who need no
/// more. Dropping it is safe at any time.
#[must_use = "a stream does nothing until polled"]
pub struct TicketStream {
    tickets: Pin<Box<dyn Stream<Item = Result<TicketCompact, Error>> + Send>>,
}

impl TicketStream {
    pub(super) fn new(list: List) -> Self {
        let walk = Walk {
            next: Some(list.with_large_pages()),
            ready: VecDeque::new(),
            seen: HashSet::new(),
        };
        Self {
            tickets: Box::pin(stream::unfold(walk, Walk::step).fuse()),
        }
    }

    /// The next ticket, or nothing after the last one.
    ///
    /// # Errors
    ///
    /// See [`Error`]. When the service names a place that it named before,
    /// the list would never end, and the kind is
    /// [`UnexpectedResponse`](crate::ErrorKind::UnexpectedResponse).
    pub async fn next(&mut self) -> Option<Result<TicketCompact, Error>> {
        self.tickets.next().await
    }
}

impl Stream for TicketStream {
    type Item = Result<TicketCompact, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.tickets.poll_next_unpin(context)
    }
}

impl fmt::Debug for TicketStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TicketStream").finish_non_exhaustive()
    }
}

/// Where a stream has come to.
struct Walk {
    /// The page to read when the ready tickets are used up.
    next: Option<List>,
    ready: VecDeque<TicketCompact>,
    seen: HashSet<Cursor>,
}

impl Walk {
    async fn step(mut self) -> Option<(Result<TicketCompact, Error>, Self)> {
        loop {
            if let Some(ticket) = self.ready.pop_front() {
                return Some((Ok(ticket), self));
            }
            let list = self.next.take()?;
            if let Err(error) = self.turn(list).await {
                return Some((Err(error), self));
            }
        }
    }

    async fn turn(&mut self, list: List) -> Result<(), Error> {
        let page = list.clone().page().await?;
        if let Some(cursor) = page.next_cursor() {
            if !self.seen.insert(cursor.clone()) {
                return Err(Error::unexpected(RepeatedCursor));
            }
            self.next = Some(list.from(cursor.clone()));
        }
        self.ready = page.tickets.into();
        Ok(())
    }
}

/// The list leads back to a place it was at before.
#[derive(Clone, Copy, Debug)]
struct RepeatedCursor;

impl fmt::Display for RepeatedCursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the list leads back to a page that was read before")
    }
}

impl std::error::Error for RepeatedCursor {}
