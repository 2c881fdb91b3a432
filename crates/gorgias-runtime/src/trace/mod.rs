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

#[cfg(feature = "tracing")]
pub(crate) use self::attempt::Attempt;
#[cfg(all(feature = "tracing", feature = "blocking"))]
pub use self::events::carried;
#[cfg(feature = "tracing")]
pub use self::events::{duplicates, left_in_doubt, looking, pausing, resending, waiting_for_slot};
#[cfg(not(feature = "tracing"))]
pub(crate) use self::silent::Attempt;
#[cfg(all(not(feature = "tracing"), feature = "blocking"))]
pub use self::silent::carried;
#[cfg(not(feature = "tracing"))]
pub use self::silent::{duplicates, left_in_doubt, looking, pausing, resending, waiting_for_slot};
