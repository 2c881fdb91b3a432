//! A check before each attempt of a call, such as renewing a claim in a
//! journal.

use std::pin::Pin;

use crate::error::Error;

/// The future of [`Hook::start_attempt`].
pub type HookFuture<'a> = Pin<Box<dyn Future<Output = Result<(), Error>> + Send + 'a>>;

/// The code that a call runs before every attempt, and after a failed one.
/// `create_once` uses it to renew its claim in the journal, so that the claim
/// doesn't expire while a request is under way.
pub trait Hook: Send + Sync {
    /// Returns once an attempt may start. An error ends the call, and nothing
    /// more is sent.
    fn start_attempt(&mut self) -> HookFuture<'_>;

    /// Called after a failed attempt, if provably neither it nor an earlier attempt
    /// of the call changed anything.
    fn attempt_failed(&mut self);
}
