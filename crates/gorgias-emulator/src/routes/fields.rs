//! The definitions of custom fields.

use serde_json::{Value, json};

use super::call::{Call, CallResult, Table, success};
use super::list::Envelope;
use super::resources::{get, listed, shown};
use crate::store::ResourceKind::CustomFields;
use crate::store::{Refused, Store};

pub(super) const TABLE: Table = &[
    // Deactivated fields are listed by default, as recorded.
    ("list_custom_fields", |store, call| {
        let envelope = Envelope::WithTotal;
        listed(store, call, CustomFields, envelope, "priority:desc")
    }),
    ("create_custom_field", |store, call| {
        let id = store.define(call.members(), call.now)?;
        shown(store, CustomFields, id)
    }),
    ("get_custom_field", |store, call| {
        get(store, call, CustomFields)
    }),
    ("update_custom_field", |store, call| {
        let id = call.id("id");
        store.redefine(id, call.members(), call.now)?;
        shown(store, CustomFields, id)
    }),
    ("update_custom_fields", update_some),
];

fn update_some(store: &mut Store, call: &Call) -> CallResult {
    let items = call.body.as_array().into_iter().flatten();
    let items = items.filter_map(Value::as_object);
    let items: Vec<_> = items
        .filter_map(|item| Some((item.get("id")?.as_i64()?, item)))
        .collect();
    let known = |id: i64| store.resource(CustomFields, id).is_some();
    if !items.iter().all(|(id, _)| known(*id)) {
        return Err(Refused::NotFound);
    }
    for (id, item) in &items {
        store.redefine(*id, item, call.now)?;
    }
    let fields = items
        .iter()
        .filter_map(|(id, _)| store.resource(CustomFields, *id));
    success(&json!({ "data": fields.collect::<Vec<_>>() }))
}
