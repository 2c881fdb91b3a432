//! The values of a ticket's custom fields.

use serde_json::{Value, json};

use super::call::{Call, Outcome, Table, done, success};
use crate::store::{Refused, Store, set_value, unset_value};

pub(super) const TABLE: Table = &[
    ("list_ticket_custom_fields", list),
    ("update_ticket_custom_fields", set_all),
    ("update_ticket_custom_field", set_one),
    ("delete_ticket_custom_field", delete),
];

fn shown(store: &Store, call: &Call, id: i64, value: &Value) -> Value {
    json!({ "field": store.field(id, call.now), "prediction": null, "value": value })
}

fn list(store: &mut Store, call: &Call) -> Outcome {
    let ticket = store
        .ticket(call.id("ticket_id"))
        .ok_or(Refused::NotFound)?;
    let values = ticket.custom_fields.iter();
    let values = values.map(|(id, value)| shown(store, call, *id, value));
    success(&json!({ "data": values.collect::<Vec<Value>>() }))
        .map(|answer| answer.about(ticket.id))
}

/// Replaces the whole set.
fn set_all(store: &mut Store, call: &Call) -> Outcome {
    let id = call.id("ticket_id");
    store.ticket(id).ok_or(Refused::NotFound)?;
    let values = store.read_values(&call.body, "Ticket")?;
    store.set_ticket_values(id, values)?;
    list(store, call)
}

/// Returns the value in a body: the body itself, or its member `value`.
pub(super) fn value(call: &Call) -> Value {
    call.body.get("value").unwrap_or(&call.body).clone()
}

fn set_one(store: &mut Store, call: &Call) -> Outcome {
    let (ticket, id, value) = (call.id("ticket_id"), call.id("id"), value(call));
    let mut values = store
        .ticket(ticket)
        .ok_or(Refused::NotFound)?
        .custom_fields
        .clone();
    store
        .check_value(id, "Ticket", &value)
        .map_err(|(member, problem)| Refused::of(member, problem))?;
    let answer = success(&shown(store, call, id, &value));
    set_value(&mut values, id, value);
    store.set_ticket_values(ticket, values)?;
    answer.map(|answer| answer.about(ticket))
}

fn delete(store: &mut Store, call: &Call) -> Outcome {
    let ticket = call.id("ticket_id");
    let mut values = store
        .ticket(ticket)
        .ok_or(Refused::NotFound)?
        .custom_fields
        .clone();
    unset_value(&mut values, call.id("id"))?;
    store.set_ticket_values(ticket, values)?;
    done().map(|answer| answer.about(ticket))
}
