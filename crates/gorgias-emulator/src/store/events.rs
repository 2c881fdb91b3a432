//! The events of the account, which record writes of tickets, messages and customers.

use serde_json::Value;

use super::{Context, Store};
use crate::timestamp::Timestamp;

/// One event.
#[derive(Debug)]
pub(crate) struct Event {
    pub(crate) id: i64,
    /// A number that all events of one request share.
    pub(crate) context: u64,
    pub(crate) at: Timestamp,
    pub(crate) kind: &'static str,
    /// The id of the ticket, message or customer that the event is about.
    pub(crate) object_id: i64,
    pub(crate) data: Option<Value>,
    /// The e-mail address of the agent who caused the event; none for an application.
    pub(crate) by: Option<String>,
}

impl Event {
    /// The type of the object that the event is about.
    pub(crate) fn object_type(&self) -> &'static str {
        match self.kind {
            kind if kind.starts_with("ticket-message-") => "TicketMessage",
            kind if kind.starts_with("ticket-") => "Ticket",
            _ => "Customer",
        }
    }
}

/// The type of an event, the id of its object, and its data.
pub(super) type NewEvent = (&'static str, i64, Option<Value>);

impl Store {
    /// Adds the events of one request.
    pub(super) fn add_events(
        &mut self,
        context: Context<'_>,
        events: impl IntoIterator<Item = NewEvent>,
    ) {
        let last = self.events.last().map_or(0, |event| event.context);
        for (kind, object_id, data) in events {
            let event = Event {
                id: self.ids.events.next(),
                context: last.saturating_add(1),
                at: context.now,
                kind,
                object_id,
                data,
                by: context.caller.map(str::to_owned),
            };
            self.events.push(event);
        }
    }
}
