//! Creates a ticket or a reply exactly once.
//!
//! Start at [`run`], which has the steps. The *subject* is the ticket or reply to be
//! created: [`subject`] is its interface, which [`ticket`] and [`reply`] implement.
//! [`call`] and [`reply_call`] have the calls of `create_once` and `reply_once`.
//! [`take`] claims the key in the journal. [`settle`] has the look-ups after a
//! request, and [`proof`] says what they have to prove before a request is sent
//! again. [`inquiry`] finds out whether the subject exists and sends nothing, for the
//! calls in [`settle_call`].

mod call;
mod claimed;
mod inquiry;
mod options;
mod proof;
mod replies;
mod reply;
mod reply_call;
mod run;
mod settle;
mod settle_call;
mod subject;
mod take;
mod ticket;
mod tickets;

pub use self::call::CreateOnce;
use self::claimed::Claimed;
pub use self::inquiry::Settled;
pub use self::reply_call::ReplyOnce;
pub use self::settle_call::{Settle, SettleReply};
use crate::settle_policy::{Resend, SettlePolicy};
