//! The events of the account.

use serde_json::{Value, json};

use super::call::{Call, CallResult, Table, success};
use super::list::{self, Envelope};
use crate::http::cursor::Key;
use crate::store::{Event, Refused, Store};
use crate::timestamp::Timestamp;

pub(super) const TABLE: Table = &[("list_events", list), ("get_event", get)];

/// Returns the id of the agent who caused an event.
fn user(store: &Store, event: &Event) -> Option<i64> {
    store.agent_with(event.by.as_deref()?)
}

fn to_json(store: &Store, event: &Event) -> Value {
    let id = event.id;
    json!({
        "id": id,
        "context": format!("00000000-0000-4000-8000-{:012x}", event.context),
        "created_datetime": event.at,
        "data": event.data,
        "object_id": event.object_id,
        "object_type": event.object_type(),
        "type": event.kind,
        "user_id": user(store, event),
        "uri": format!("/api/events/{id}/"),
    })
}

fn get(store: &mut Store, call: &Call) -> CallResult {
    let id = call.id("id");
    let event = store.events().find(|event| event.id == id);
    success(&to_json(store, event.ok_or(Refused::NotFound)?))
}

fn list(store: &mut Store, call: &Call) -> CallResult {
    let (_, descending) = list::order(call, "created_datetime:desc");
    let events = store.events().filter(|event| passes(store, call, event));
    let events = events.map(|event| ((Key::Time(event.at), event.id), event));
    let show = |event: &Event| to_json(store, event);
    list::answer_items(call, Envelope::Plain, descending, events, show)
}

fn passes(store: &Store, call: &Call, event: &Event) -> bool {
    let among = |name: &str, value: Value| {
        let wanted = call.values.get(name).and_then(Value::as_array);
        wanted.is_none_or(|wanted| wanted.contains(&value))
    };
    let time = |bound: &str, holds: fn(Timestamp, Timestamp) -> bool| {
        let given = call.text(&format!("created_datetime[{bound}]"));
        let given = given.and_then(Timestamp::parse);
        given.is_none_or(|given| holds(event.at, given))
    };
    let object_type = call.text("object_type");
    call.number("object_id")
        .is_none_or(|id| id == event.object_id)
        && object_type.is_none_or(|kind| kind == event.object_type())
        && among("types", json!(event.kind))
        && (!call.values.contains_key("user_ids") || among("user_ids", json!(user(store, event))))
        && time("lt", |at, given| at < given)
        && time("lte", |at, given| at <= given)
        && time("gt", |at, given| at > given)
        && time("gte", |at, given| at >= given)
}
