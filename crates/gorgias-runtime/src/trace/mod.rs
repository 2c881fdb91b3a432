//! What is told to whoever listens. Without the feature `tracing`, nothing is,
//! and all of this is compiled to nothing.
//!
//! No function here takes more of a request than the names of the fields say:
//! what a customer wrote, who they are and what proves who we are never gets
//! this far.

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
