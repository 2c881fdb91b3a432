//! When and how soon a request is sent again.

mod backoff;
mod budget;
mod policy;

pub use self::backoff::{Backoff, Cause};
pub(crate) use self::budget::Budget;
pub use self::policy::RetryPolicy;
