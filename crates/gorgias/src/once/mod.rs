//! Creates a ticket or a reply exactly once.
//!
//! Start at [`run`], which has the steps; [`ending`] has the last ones. The ticket or
//! reply to be created is called the *resource*: [`resource`] is its interface, which
//! [`ticket`] and [`reply`] implement. [`calls`] has the calls of `create_once` and
//! `reply_once`, and those that find out whether a ticket or reply exists.
//! [`claim_key`] claims the key in the journal, and [`held_claim`] is the claim.
//! [`settle`] has the look-ups after a request, and [`proof`] says what they have to
//! prove before a request is sent again. [`inquiry`] finds out whether the resource
//! exists and sends nothing.

mod calls;
mod claim_key;
mod ending;
mod held_claim;
mod inquiry;
mod proof;
mod replies;
mod reply;
mod resource;
mod run;
mod settle;
mod ticket;
mod tickets;

pub use self::calls::{CreateOnce, ReplyOnce, Settle, SettleReply};
use self::held_claim::HeldClaim;
pub use self::inquiry::Settled;
use crate::settle_policy::{Resend, SettlePolicy};
