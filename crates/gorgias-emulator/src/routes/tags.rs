//! The tags of a ticket, which must be tags of the account, and merges of tags.

use serde_json::{Value, json};

use super::call::{Call, CallResult, Table, empty, success};
use crate::store::{Refused, Resource, Store};
use crate::view::move_to_end;

pub(super) const TABLE: Table = &[
    ("list_ticket_tags", list),
    ("create_ticket_tags", add),
    ("update_ticket_tags", set),
    ("delete_ticket_tags", remove),
    ("merge_tags", merge),
];

/// Returns a tag, with its keys in the order that the service has in lists of a ticket's
/// tags and in answers to merges.
fn sorted(tag: &Resource) -> Value {
    let mut tag = Value::Object(tag.clone());
    let keys = [
        "created_datetime",
        "decoration",
        "deleted_datetime",
        "description",
        "name",
        "usage",
        "uri",
    ];
    move_to_end(&mut tag, &keys);
    tag
}

fn list(store: &mut Store, call: &Call) -> CallResult {
    let ticket = store
        .ticket(call.id("ticket_id"))
        .ok_or(Refused::NotFound)?;
    let tags = ticket.tag_ids.iter().filter_map(|&id| store.tag(id));
    success(&json!({ "data": tags.map(sorted).collect::<Vec<_>>() }))
}

/// Changes the tags of a ticket. `change` gets the old tags and the tags that the body
/// selects, and returns the new tags.
fn change(
    store: &mut Store,
    call: &Call,
    change: impl FnOnce(Vec<i64>, Vec<i64>) -> Vec<i64>,
) -> CallResult {
    let id = call.id("ticket_id");
    store.ticket(id).ok_or(Refused::NotFound)?;
    let selected = store.selected_tags(&call.body)?;
    store.retag(id, call.context(), |tags| change(tags, selected))?;
    empty()
}

/// Refuses a body that doesn't select a tag.
fn require_tags(call: &Call) -> Result<(), Refused> {
    let some = |key: &str| {
        let list = call.body.get(key).and_then(Value::as_array);
        list.is_some_and(|list| !list.is_empty())
    };
    match some("names") || some("ids") {
        true => Ok(()),
        false => Err(Refused::of("names", "Missing data for required field.")),
    }
}

fn add(store: &mut Store, call: &Call) -> CallResult {
    require_tags(call)?;
    change(store, call, |mut tags, selected| {
        let new = selected.into_iter().filter(|id| !tags.contains(id));
        let new: Vec<i64> = new.collect();
        tags.extend(new);
        tags
    })
}

fn set(store: &mut Store, call: &Call) -> CallResult {
    change(store, call, |_, selected| selected)
}

fn remove(store: &mut Store, call: &Call) -> CallResult {
    require_tags(call)?;
    change(store, call, |mut tags, selected| {
        tags.retain(|id| !selected.contains(id));
        tags
    })
}

fn merge(store: &mut Store, call: &Call) -> CallResult {
    let id = call.id("destination_tag_id");
    let sources = call.body.get("source_tags_ids").and_then(Value::as_array);
    let sources = sources.into_iter().flatten().filter_map(Value::as_i64);
    let sources: Vec<i64> = sources.filter(|&source| source != id).collect();
    let tag = store.tag(id).ok_or(Refused::NotFound)?;
    let answer = success(&sorted(tag));
    store.replace_tags(&sources, id)?;
    store.delete_tags(&sources)?;
    answer
}
