//! When and how soon a request is sent again.

mod backoff;
mod budget;
mod pause;
mod policy;

pub use self::backoff::{Backoff, Cause};
pub(crate) use self::budget::Budget;
pub(crate) use self::pause::Pause;
pub use self::policy::RetryPolicy;
