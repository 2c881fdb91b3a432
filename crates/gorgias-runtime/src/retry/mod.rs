//! How often a request may be sent again, and how long to wait before.
//! `call/resend.rs` decides whether it may be sent again at all.

mod backoff;
mod budget;
mod policy;

pub use self::backoff::{Backoff, Cause};
pub(crate) use self::budget::Budget;
pub use self::policy::RetryPolicy;
