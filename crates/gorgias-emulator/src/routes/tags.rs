//! The tags of the account.

use serde_json::{Value, json};

use super::call::{Call, CallResult, Table, done, success};
use super::list::Envelope;
use super::resources::{NEWEST, get, listed, shown, update};
use super::ticket_tags::sorted;
use crate::store::ResourceKind::Tags;
use crate::store::{Refused, Store};

pub(super) const TABLE: Table = &[
    ("list_tags", |store, call| {
        listed(store, call, Tags, Envelope::WithTotal, NEWEST)
    }),
    ("create_tag", create),
    ("get_tag", |store, call| get(store, call, Tags)),
    ("update_tag", |store, call| {
        store.check_unique(Tags, call.members(), Some(call.id("id")))?;
        update(store, call, Tags)
    }),
    ("delete_tag", |store, call| {
        store.delete_tags(&[call.id("id")])?;
        done()
    }),
    ("merge_tags", merge),
];

/// Creates a tag. One without a colour gets one.
fn create(store: &mut Store, call: &Call) -> CallResult {
    let mut given = call.members().clone();
    store.check_unique(Tags, &given, None)?;
    let decoration = given.get("decoration").filter(|given| !given.is_null());
    let decoration = match decoration.and_then(|given| given.get("color")?.as_str()) {
        Some(color) => json!({ "color": color.to_lowercase() }),
        None => json!({ "color": color(given.get("name")) }),
    };
    given.insert("decoration".to_owned(), decoration);
    let id = store.add(Tags, &given, call.now);
    shown(store, Tags, id)
}

/// Makes a colour from a tag's name.
fn color(name: Option<&Value>) -> String {
    let name = name.and_then(Value::as_str).unwrap_or_default();
    let bytes = name.bytes();
    let hash = bytes.fold(5381_u32, |hash, byte| {
        hash.wrapping_mul(33) ^ u32::from(byte)
    });
    format!("#{:06x}", hash & 0x00ff_ffff)
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
