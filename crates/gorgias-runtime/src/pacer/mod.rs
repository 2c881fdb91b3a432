//! Pacing: using the whole rate limit without running into it.
//!
//! An account may make 40 requests per 20 seconds (API keys) or 80 (OAuth
//! applications), on enterprise plans per 10 seconds, and everything that uses
//! the account shares them. Which of these applies, and how the service counts,
//! it does not say; every answer only tells how many requests are used of how
//! many. A client therefore paces itself, by default with [`Automatic`], which
//! finds out; see [`RateLimit`] for the alternatives.
//!
//! Several clients in one process share the limit when they are built with
//! clones of one `RateLimit`. Several processes share it without further ado:
//! each notices the others and makes room. To coordinate them more closely,
//! implement [`Pacer`] on top of whatever they have in common.

mod automatic;
mod built_in;
mod clock;
mod even;
mod governor;
mod interface;
mod lane;
mod paced;
mod pause;
mod permit;
mod queue;
mod random;
mod rate_limit;
mod reading;
mod retry_after;
mod scheduler;
mod snapshot;
mod unpaced;
mod waiter;

#[cfg(test)]
mod tests;

pub use self::built_in::Automatic;
pub use self::interface::{Outcome, Pacer, Slot, SlotFuture, Turn};
pub use self::lane::Lane;
#[doc(hidden)]
pub use self::permit::Permit;
#[doc(hidden)]
pub use self::random::Random;
pub use self::rate_limit::RateLimit;
#[doc(hidden)]
pub use self::retry_after::retry_after;
pub use self::snapshot::RateLimitSnapshot;
