//! What a client needs of a rate limiter.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use http::{HeaderMap, StatusCode};
use tokio::time::Instant;

use super::lane::Lane;

/// The wait for a [`Slot`].
pub type SlotFuture<'a> = Pin<Box<dyn Future<Output = Slot> + Send + 'a>>;

/// Decides when requests may be sent.
///
/// A client asks for a slot before each request, retries included, and reports
/// what became of it. Implement this to share one limit between processes, for
/// example with a counter in Redis or a lock on a file; everything else is in
/// [`Automatic`](super::Automatic).
///
/// A limiter that cannot reach its counter has to decide by itself: there is no
/// error to return, because "too early" is answered by the service anyway, with
/// a 429 that the client waits out.
///
/// ```
/// # extern crate gorgias_runtime as gorgias;
/// use std::sync::Mutex;
/// use std::time::Duration;
/// use gorgias::pacer::{Outcome, Pacer, Slot, SlotFuture, Turn};
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
///     fn settle(&self, _slot: Slot, _outcome: Outcome<'_>) {}
/// }
/// ```
pub trait Pacer: fmt::Debug + Send + Sync + 'static {
    /// Waits until one request may be sent.
    ///
    /// Dropping the future gives up the place in the queue and leaves nothing
    /// behind. Each slot that was handed out is settled exactly once.
    fn slot(&self, turn: Turn) -> SlotFuture<'_>;

    /// Takes what became of the request the slot was for. Must not block.
    fn settle(&self, slot: Slot, outcome: Outcome<'_>);
}

/// A pacer that hands out no slot during the pause after a 429.
pub(super) trait Pausing: Pacer {
    /// The end of the pause, while there is one.
    fn paused_until(&self) -> Option<Instant>;
}

/// A request that wants to be sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Turn {
    /// The queue it waits in.
    pub lane: Lane,
    /// It had its turn before and has to be sent again, so that it goes before
    /// all that wait in its lane.
    pub again: bool,
}

impl Turn {
    /// A request that is sent for the first time.
    #[must_use]
    pub fn new(lane: Lane) -> Self {
        Self { lane, again: false }
    }

    /// The same request, once more.
    #[must_use]
    pub fn again(self) -> Self {
        Self {
            again: true,
            ..self
        }
    }
}

/// The permission to send one request, numbered as its [`Pacer`] likes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Slot(u64);

impl Slot {
    /// A slot with this number.
    #[must_use]
    pub fn new(number: u64) -> Self {
        Self(number)
    }

    /// The number it was made with.
    #[must_use]
    pub fn number(self) -> u64 {
        self.0
    }
}

/// What became of a request.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Outcome<'a> {
    /// The service answered, with whatever status.
    Answered {
        /// The status; 429 means that the limit was exceeded.
        status: StatusCode,
        /// The headers, which tell how much of the limit is used.
        headers: &'a HeaderMap,
    },
    /// It was sent, or may have been, and no answer came.
    Unanswered,
    /// It was not sent: its slot is free again.
    NotSent,
}
