//! The values of custom fields, of tickets and of customers.

use serde_json::{Value, json};

use super::call::{Call, CallResult, Table, done, success};
use crate::store::{Owner, Refused, Store, set_value, unset_value};

pub(super) const TABLE: Table = &[
    ("list_ticket_custom_fields", |store, call| {
        list(store, call, ticket(call))
    }),
    ("update_ticket_custom_fields", |store, call| {
        set_all(store, call, ticket(call))
    }),
    ("update_ticket_custom_field", |store, call| {
        set_one(store, call, ticket(call))
    }),
    ("delete_ticket_custom_field", |store, call| {
        delete(store, call, ticket(call))
    }),
    ("list_customer_custom_fields_values", |store, call| {
        list(store, call, customer(call))
    }),
    ("update_customer_custom_field_values", |store, call| {
        set_all(store, call, customer(call))
    }),
    ("update_customer_custom_field_value", |store, call| {
        set_one(store, call, customer(call))
    }),
    ("delete_customer_custom_field_value", |store, call| {
        delete(store, call, customer(call))
    }),
];

fn ticket(call: &Call) -> Owner {
    Owner::Ticket(call.id("ticket_id"))
}

fn customer(call: &Call) -> Owner {
    Owner::Customer(call.id("customer_id"))
}

/// Returns a value with its field. Only a ticket's has a prediction.
fn shown(store: &Store, call: &Call, owner: Owner, id: i64, value: &Value) -> Value {
    let field = store.field(id, call.now);
    match owner {
        Owner::Ticket(_) => json!({ "field": field, "prediction": null, "value": value }),
        Owner::Customer(_) => json!({ "field": field, "value": value }),
    }
}

fn list(store: &Store, call: &Call, owner: Owner) -> CallResult {
    let values = store.values(owner)?.iter();
    let values = values.map(|(id, value)| shown(store, call, owner, *id, value));
    success(&json!({ "data": values.collect::<Vec<_>>() }))
}

/// Replaces the whole set.
fn set_all(store: &mut Store, call: &Call, owner: Owner) -> CallResult {
    store.values(owner)?;
    let values = store.read_values(&call.body, owner)?;
    store.set_values(owner, values)?;
    list(store, call, owner)
}

/// Sets one value: the body itself, or its member `value`.
fn set_one(store: &mut Store, call: &Call, owner: Owner) -> CallResult {
    let (id, body) = (call.id("id"), &call.body);
    let value = body.get("value").unwrap_or(body).clone();
    let mut values = store.values(owner)?.clone();
    store
        .check_value(id, owner, &value)
        .map_err(|(member, problem)| Refused::of(member, problem))?;
    let answer = success(&shown(store, call, owner, id, &value));
    set_value(&mut values, id, value);
    store.set_values(owner, values)?;
    answer
}

fn delete(store: &mut Store, call: &Call, owner: Owner) -> CallResult {
    let mut values = store.values(owner)?.clone();
    unset_value(&mut values, call.id("id"))?;
    store.set_values(owner, values)?;
    done()
}
