//! Creating something exactly once: a ticket, or a reply.
//!
//! [`subject`] says what is created and how it is found again; [`ticket`] and
//! [`reply`] are the two there are. [`call`] and [`reply_call`] have the calls of
//! `create_once` and `reply_once`. [`take`] claims the key in the journal, and
//! [`run`] goes from there to what was created or to the knowledge that it can't
//! be told; [`settle`] has the look-ups in between, and [`proof`] what they have
//! to prove before something is sent again. [`inquiry`] does the same without
//! sending anything, for the calls in [`settle_call`].

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
