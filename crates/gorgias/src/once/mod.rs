//! Creating a ticket exactly once.

mod call;
mod claimed;
mod look_up;
mod policy;
mod run;
mod settle;

pub use self::call::CreateOnce;
pub(crate) use self::claimed::Claimed;
pub(crate) use self::look_up::{Found, look_up};
pub use self::policy::{Resend, SettlePolicy};
