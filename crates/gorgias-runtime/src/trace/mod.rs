//! Spans and log events, through the crate `tracing`. Without the feature
//! `tracing` they are empty functions (`silent`).
//!
//! No function here takes a request's content or credentials, so neither can
//! get into a log.

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
