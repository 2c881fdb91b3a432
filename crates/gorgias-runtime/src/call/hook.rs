//! What has to agree before each attempt of a call.

use std::pin::Pin;

use crate::error::Error;

/// The future of one question to a [`Hook`].
pub type HookFuture<'a> = Pin<Box<dyn Future<Output = Result<(), Error>> + Send + 'a>>;

/// Something that has to cover every attempt of a call, such as a claim in a
/// journal.
pub trait Hook: Send + Sync {
    /// Makes sure that an attempt may start now. An error ends the call with
    /// nothing more sent.
    fn start_attempt(&mut self) -> HookFuture<'_>;

    /// The attempt provably changed nothing.
    fn attempt_failed(&mut self);
}
