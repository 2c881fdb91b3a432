//! The operations, by their id in the document.

mod create;
mod cursor;
mod get;
mod list;

pub(crate) use cursor::FIRST_PAGE;

use ::http::Request;
use bytes::Bytes;
use serde_json::Value;

use crate::auth::Identity;
use crate::document::{Operation, Values};
use crate::exchange::Delivery;
use crate::http::answer::Answer;
use crate::http::envelope;
use crate::shared::Shared;
use crate::timestamp::Timestamp;

/// A request that was routed, let in and checked.
pub(crate) struct Call<'a> {
    pub(crate) request: &'a Request<Bytes>,
    pub(crate) operation: &'a Operation,
    pub(crate) values: Values,
    /// The body's JSON, null where there is none.
    pub(crate) body: Value,
    pub(crate) identity: Identity,
    pub(crate) now: Timestamp,
    pub(crate) delivery: Delivery,
}

/// Answers a call.
pub(crate) fn answer(shared: &Shared, call: Call<'_>) -> Answer {
    match call.operation.id.as_str() {
        "create_ticket" => create::answer(shared, call),
        "list_tickets" => list::answer(shared, call),
        "get_ticket" => get::answer(shared, call),
        other => envelope::not_emulated(other),
    }
}

/// What an answer to an invalid request says first.
pub(crate) fn failure(operation: &str) -> String {
    format!("Failed to {}", operation.replace('_', " "))
}
