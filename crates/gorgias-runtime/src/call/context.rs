//! The limits and the hook that the caller of a request sets for all its
//! attempts.

use std::fmt;

use super::{Hook, TimeLimit};
use crate::pacer::Turn;
use crate::retry::RetryPolicy;

/// How long the attempts of a request may take, where they wait for the rate
/// limit, and how often the request may be sent.
pub struct Context<'a> {
    /// When the call has to be over.
    pub limit: &'a mut TimeLimit,
    /// The call's place in the queue for the rate limit.
    pub turn: Turn,
    /// When and how often a failed attempt is repeated.
    pub retry: RetryPolicy,
    /// How many attempts earlier calls made for the same creation. The number is
    /// used only in traces, which add it to the attempts of this call.
    pub sent_before: u32,
    /// A check before every attempt, which may refuse the attempt.
    pub hook: Option<&'a mut dyn Hook>,
}

impl fmt::Debug for Context<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context").finish_non_exhaustive()
    }
}
