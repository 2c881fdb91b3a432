//! Creating a ticket exactly once.
//!
//! [`call`] has the call of `create_once`. [`take`] claims the external id in
//! the journal, and [`run`] goes from there to a ticket or to the knowledge that
//! it can't be told; [`settle`] has the look-ups in between, and [`policy`] how
//! many and when. [`settle_call`] does the same without sending anything.

mod call;
mod claimed;
mod look_up;
mod policy;
mod run;
mod settle;
mod settle_call;
mod take;

pub use self::call::CreateOnce;
pub(crate) use self::claimed::Claimed;
pub(crate) use self::look_up::{Found, look_up};
pub use self::policy::{Resend, SettlePolicy};
pub use self::settle_call::{Settle, Settled};
