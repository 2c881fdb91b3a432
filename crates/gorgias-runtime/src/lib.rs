//! The runtime below the Gorgias clients: it sends the calls of every
//! operation.
//!
//! Programs depend on the `gorgias` crate, or on the generated `gorgias-api`;
//! each re-exports the public types of this one that its users need. This crate knows the service's
//! conventions (credentials, rate limit, errors), and none of its operations.
//! To read the code, start at `call/execute.rs`, which every call goes through.
//!
//! - [`pacer`]: keeps the calls within the account's rate limit.
//! - [`token`]: access tokens that expire and are renewed.
//! - [`transport`]: sends the requests; a program can supply its own transport.
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

mod call;
mod connection;
mod credentials;
mod delivery;
mod endpoint;
mod error;
mod generated_types;
mod json_value;
mod lenient;
mod limits;
mod member;
mod network;
mod operation;
pub mod pacer;
mod response;
mod retry;
mod secret;
mod setters;
mod settings;
mod shown;
#[doc(hidden)]
pub mod support;
pub mod token;
mod trace;
pub mod transport;
mod unknown;
mod user_agent;
mod validate;
#[cfg(feature = "blocking")]
mod worker;

/// The cause of an error.
type BoxError = Box<dyn std::error::Error + Send + Sync>;

pub use self::call::{JsonBody, ListStream, Pending, RawRequest};
pub use self::delivery::{Delivery, ExternalId, InDoubt, InvalidExternalId};
pub use self::endpoint::{InvalidBaseUrl, InvalidSubdomain, Subdomain};
pub use self::error::{Error, ErrorKind, FieldError};
pub use self::pacer::{RateLimit, RateLimitSnapshot};
pub use self::response::{Metadata, Response};
pub use self::retry::RetryPolicy;
pub use self::unknown::Unknown;
pub use self::validate::{Violation, Violations, is_email_address};
