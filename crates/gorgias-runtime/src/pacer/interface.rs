//! The interface between a client and its pacer.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use http::{HeaderMap, StatusCode};
use tokio::time::Instant;

use super::lane::Lane;

/// The future that waits for a [`Slot`].
pub type SlotFuture<'a> = Pin<Box<dyn Future<Output = Slot> + Send + 'a>>;

/// Decides when requests may be sent.
///
/// A client asks for a slot before each request, retries included, and reports
/// the outcome of the request. Implement this trait to share one limit between
/// processes, for example with a counter in Redis or a lock on a file.
/// Otherwise use [`Automatic`](super::Automatic).
///
/// A limiter that can't reach its counter has to decide by itself, because
/// there is no error to return. A request that is sent too early does no harm:
/// the service answers with a 429, and the client waits.
///
/// ```
/// # extern crate gorgias_runtime as gorgias;
/// use std::sync::Mutex;
/// use std::time::Duration;
/// use gorgias::pacer::{RequestOutcome, Pacer, Slot, SlotFuture, Turn};
/// use tokio::time::{Instant, sleep_until};
///
/// /// One request per second, in the order of asking.
/// #[derive(Debug)]
/// struct EverySecond(Mutex<Instant>);
///
/// impl Pacer for EverySecond {
///     fn slot(&self, _turn: Turn) -> SlotFuture<'_> {
///         Box::pin(async {
///             let at = {
///                 let mut next = self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
///                 let at = (*next).max(Instant::now());
///                 *next = at + Duration::from_secs(1);
///                 at
///             };
///             sleep_until(at).await;
///             Slot::new(0)
///         })
///     }
///
///     fn finish(&self, _slot: Slot, _outcome: RequestOutcome<'_>) {}
/// }
/// ```
pub trait Pacer: fmt::Debug + Send + Sync + 'static {
    /// Waits until one request may be sent.
    ///
    /// Dropping the future gives up the place in the queue, and must not use up a
    /// part of the limit. The client calls [`finish`](Self::finish) exactly once
    /// for each slot that it got.
    fn slot(&self, turn: Turn) -> SlotFuture<'_>;

    /// Receives the outcome of the request that the slot was for. Must not block.
    fn finish(&self, slot: Slot, outcome: RequestOutcome<'_>);
}

/// A pacer that hands out no slot during the pause after a 429.
pub(super) trait Pausing: Pacer {
    /// Returns the end of the pause, or `None` if there is no pause now.
    fn paused_until(&self) -> Option<Instant>;
}

/// A request that asks to be sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Turn {
    /// The lane that the request waits in.
    pub lane: Lane,
    /// Whether the request was sent before and is repeated. A repeated request
    /// goes to the front of its lane.
    pub again: bool,
}

impl Turn {
    /// Creates the turn of a request that is sent for the first time.
    #[must_use]
    pub fn new(lane: Lane) -> Self {
        Self { lane, again: false }
    }

    /// Returns the turn of the same request when it is repeated.
    #[must_use]
    pub fn again(self) -> Self {
        Self {
            again: true,
            ..self
        }
    }
}

/// The permission to send one request. Its [`Pacer`] chooses the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Slot(u64);

impl Slot {
    /// Creates a slot with a number.
    #[must_use]
    pub fn new(number: u64) -> Self {
        Self(number)
    }

    /// The number of the slot.
    #[must_use]
    pub fn number(self) -> u64 {
        self.0
    }
}

/// The outcome of a request.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum RequestOutcome<'a> {
    /// The service answered, with any status.
    Answered {
        /// The status; 429 means that the limit was exceeded.
        status: StatusCode,
        /// The headers, which report how much of the limit is used.
        headers: &'a HeaderMap,
    },
    /// The request was sent, or may have been sent, and no answer came.
    Unanswered,
    /// The request was not sent, so its slot is free again.
    NotSent,
}
