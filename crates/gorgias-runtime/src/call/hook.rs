//! A check before each attempt of a call, such as renewing a claim in a
//! journal.

use std::pin::Pin;

use crate::error::Error;

/// The future of [`Hook::start_attempt`].
pub type HookFuture<'a> = Pin<Box<dyn Future<Output = Result<(), Error>> + Send + 'a>>;

/// The code that a call runs before every attempt, and after a failed one. With
/// it `create_once` renews its claim in the journal, which must not expire while
/// a request is under way.
pub trait Hook: Send + Sync {
    /// Returns once an attempt may start. An error ends the call, and nothing
    /// more is sent.
    fn start_attempt(&mut self) -> HookFuture<'_>;

    /// Called after an attempt that provably changed nothing.
    fn attempt_failed(&mut self);
}
