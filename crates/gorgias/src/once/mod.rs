//! Creating a ticket exactly once.
//!
//! [`call`] has the call of `create_once`. [`take`] claims the external id in
//! the journal, and [`run`] goes from there to a ticket or to the knowledge that
//! it can't be told; [`settle`] has the look-ups in between, and [`proof`] what
//! they have to prove before something is sent again. [`settle_call`] does the
//! same without sending anything.

mod call;
mod claimed;
mod look_up;
mod proof;
mod run;
mod settle;
mod settle_call;
mod take;
mod tickets;

pub use self::call::CreateOnce;
pub(crate) use self::claimed::Claimed;
pub(crate) use self::look_up::{Found, look_up};
pub use self::settle_call::{Settle, Settled};
use crate::settle_policy::{Resend, SettlePolicy};
