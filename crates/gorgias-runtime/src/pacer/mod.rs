//! Pacing: uses the whole rate limit without exceeding it.
//!
//! An account may make 40 requests per 20 seconds (API keys) or 80 (OAuth
//! applications), on enterprise plans per 10 seconds. All clients of the
//! account share them. No answer says which plan applies or how the service
//! counts; every answer reports only how many requests are used, and how many are
//! allowed. By default a client uses [`Automatic`], which finds out the rest; see
//! [`RateLimit`] for the alternatives.
//!
//! Several clients in one process share the limit when they are built with
//! clones of one `RateLimit`. Several processes share it without any setup:
//! each notices the others and leaves room for them. To coordinate processes
//! more closely, implement [`Pacer`] on top of a store that they share.
//!
//! To read the code, start at `scheduler`: it holds the queue, the pause after
//! a 429 (`pause`), and a governor, which is `automatic` or `even`. A client uses
//! `rate_limit` and `interface`.

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
pub use self::interface::{Pacer, RequestOutcome, Slot, SlotFuture, Turn};
pub use self::lane::Lane;
#[doc(hidden)]
pub use self::permit::Permit;
#[doc(hidden)]
pub use self::random::Random;
pub use self::rate_limit::RateLimit;
#[doc(hidden)]
pub use self::retry_after::retry_after;
pub use self::snapshot::RateLimitSnapshot;
