//! The values that tickets and customers have for custom fields, and changes of several
//! definitions of fields at once.

use serde_json::{Value, json};

use super::call::{Call, CallResult, Table, empty, success};
use crate::store::ResourceKind::CustomFields;
use crate::store::{Owner, Refused, Store};

pub(super) const TABLE: Table = &[
    ("list_ticket_custom_fields", list),
    ("update_ticket_custom_fields", set_all),
    ("update_ticket_custom_field", set_one),
    ("delete_ticket_custom_field", delete),
    ("list_customer_custom_fields_values", list),
    ("update_customer_custom_field_values", set_all),
    ("update_customer_custom_field_value", set_one),
    ("delete_customer_custom_field_value", delete),
    ("update_custom_fields", update_definitions),
];

/// Returns the ticket or the customer that the path names.
fn owner(call: &Call) -> Owner {
    match call.number("ticket_id") {
        Some(ticket) => Owner::Ticket(ticket),
        None => Owner::Customer(call.id("customer_id")),
    }
}

/// Returns a value with its field. Only a value of a ticket has a prediction.
fn to_json(store: &Store, call: &Call, id: i64, value: &Value) -> Value {
    let field = store.field(id, call.now);
    match owner(call) {
        Owner::Ticket(_) => json!({ "field": field, "prediction": null, "value": value }),
        Owner::Customer(_) => json!({ "field": field, "value": value }),
    }
}

fn list(store: &mut Store, call: &Call) -> CallResult {
    let values = store.values(owner(call))?.iter();
    let values = values.map(|(id, value)| to_json(store, call, *id, value));
    success(&json!({ "data": values.collect::<Vec<_>>() }))
}

/// Replaces all custom field values of a ticket or customer.
fn set_all(store: &mut Store, call: &Call) -> CallResult {
    let owner = owner(call);
    store.values(owner)?;
    let values = store.read_values(&call.body, owner)?;
    store.set_values(owner, values)?;
    list(store, call)
}

/// Sets one value: the body itself, or its member `value`.
fn set_one(store: &mut Store, call: &Call) -> CallResult {
    let (id, body, owner) = (call.id("id"), &call.body, owner(call));
    let value = body.get("value").unwrap_or(body).clone();
    let mut values = store.values(owner)?.clone();
    store
        .check_value(id, owner, &value)
        .map_err(|(member, problem)| Refused::of(member, problem))?;
    let answer = success(&to_json(store, call, id, &value));
    values.insert(id, value);
    store.set_values(owner, values)?;
    answer
}

fn delete(store: &mut Store, call: &Call) -> CallResult {
    let owner = owner(call);
    let mut values = store.values(owner)?.clone();
    if values.remove(&call.id("id")).is_none() {
        return Err(Refused::of("id", "This custom field has no value."));
    }
    store.set_values(owner, values)?;
    empty()
}

/// Changes the definitions in the body, or none if one of them can't be changed.
fn update_definitions(store: &mut Store, call: &Call) -> CallResult {
    let items = call.body.as_array().into_iter().flatten();
    let items = items.filter_map(Value::as_object);
    let items: Vec<_> = items
        .filter_map(|item| Some((item.get("id")?.as_i64()?, item)))
        .collect();
    store.update_resources(CustomFields, &items, call.now)?;
    let fields = items
        .iter()
        .filter_map(|(id, _)| store.resource(CustomFields, *id));
    success(&json!({ "data": fields.collect::<Vec<_>>() }))
}
