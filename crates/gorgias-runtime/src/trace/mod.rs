//! Spans and log events, through the crate `tracing`. Without the feature
//! `tracing` they are empty functions (`silent`).
//!
//! No function here is given the content or the credentials of a request, so
//! neither can get into a log.

#[cfg(feature = "tracing")]
mod attempt;
#[cfg(feature = "tracing")]
mod events;
#[cfg(not(feature = "tracing"))]
mod silent;

#[cfg(not(feature = "tracing"))]
pub use self::silent::*;
#[cfg(feature = "tracing")]
pub use self::{attempt::Attempt, events::*};
