//! What the calls of the Gorgias clients run on.
//!
//! Programs depend on the `gorgias` crate, or on the generated `gorgias-api`,
//! which re-export what is here. This crate knows the service's conventions and
//! none of its operations.
//!
//! - [`pacer`]: keeps every call to the account's rate limit.
#![warn(
    missing_debug_implementations,
    clippy::must_use_candidate,
    clippy::return_self_not_must_use
)]
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects
    )
)]

pub mod pacer;

pub use self::pacer::{RateLimit, RateLimitSnapshot};
