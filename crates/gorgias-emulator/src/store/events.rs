//! The events of the account.

use serde_json::Value;

use super::Store;
use super::create::Context;
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
    all: Vec<Event>,
    contexts: u64,
}

impl Events {
    /// Returns a number for the events of one request.
    pub(super) fn context(&mut self) -> u64 {
        self.contexts = self.contexts.saturating_add(1);
        self.contexts
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Event> {
        self.all.iter()
    }
}

impl Store {
    /// Adds an event.
    pub(super) fn happened(
        &mut self,
        events: u64,
        context: Context<'_>,
        kind: &'static str,
        object: (&'static str, i64),
        data: Option<Value>,
    ) {
        let event = Event {
            id: self.ids.events.next(),
            context: events,
            at: context.now,
            kind,
            object,
            data,
            by: context.caller.map(str::to_owned),
        };
        self.events.all.push(event);
    }

    /// Adds the only event of a request.
    pub(super) fn happened_alone(
        &mut self,
        context: Context<'_>,
        kind: &'static str,
        object: (&'static str, i64),
        data: Option<Value>,
    ) {
        let events = self.events.context();
        self.happened(events, context, kind, object, data);
    }
}
