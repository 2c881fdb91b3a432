//! What a call is a part of.

use std::fmt;

use super::{Hook, TimeLimit};
use crate::pacer::Turn;
use crate::retry::RetryPolicy;

/// How long, in which order and how often a request may be sent, and what has
/// to agree before.
pub struct Context<'a> {
    /// When the call has to be over.
    pub limit: &'a mut TimeLimit,
    /// Its place in the queue for the rate limit.
    pub turn: Turn,
    /// How persistent it is.
    pub retry: RetryPolicy,
    /// How often the same was sent before this call.
    pub sent_before: u32,
    /// What has to cover every attempt.
    pub hook: Option<&'a mut dyn Hook>,
}

impl fmt::Debug for Context<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context").finish_non_exhaustive()
    }
}
