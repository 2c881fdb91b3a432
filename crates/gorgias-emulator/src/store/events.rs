//! The events of the account, which record its writes.

use serde_json::Value;

use super::Store;
use super::context::Context;
use crate::timestamp::Timestamp;

/// One event.
#[derive(Debug)]
pub(crate) struct Event {
    pub(crate) id: i64,
    /// The same for all events of one request.
    pub(crate) context: u64,
    pub(crate) at: Timestamp,
    pub(crate) kind: &'static str,
    /// The type and the id of the object.
    pub(crate) object: (&'static str, i64),
    pub(crate) data: Option<Value>,
    /// The e-mail address of the agent who caused it.
    pub(crate) by: Option<String>,
}

/// All events, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Events {
    pub(super) all: Vec<Event>,
    contexts: u64,
}

/// The type of an event, its object and its data.
pub(super) type NewEvent = (&'static str, (&'static str, i64), Option<Value>);

impl Store {
    /// Adds the events of one request.
    pub(super) fn add_events(
        &mut self,
        context: Context<'_>,
        events: impl IntoIterator<Item = NewEvent>,
    ) {
        self.events.contexts = self.events.contexts.saturating_add(1);
        for (kind, object, data) in events {
            let event = Event {
                id: self.ids.events.next(),
                context: self.events.contexts,
                at: context.now,
                kind,
                object,
                data,
                by: context.caller.map(str::to_owned),
            };
            self.events.all.push(event);
        }
    }
}
