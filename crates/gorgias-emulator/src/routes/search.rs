//! Searches by a part of a name or an address.

use serde_json::{Map, Value, json};

use super::call::{Call, CallResult, Table, success};
use super::list::contains;
use crate::store::ResourceKind::{self, Integrations, Tags, Teams, Users};
use crate::store::{Customer, Resource, Store};

pub(super) const TABLE: Table = &[("search", search)];

/// The largest number of results if the request has no `size`, according to people who
/// read the vendor's documentation.
const DEFAULT_SIZE: u64 = 10;

fn search(store: &mut Store, call: &Call) -> CallResult {
    let member = |name: &str| call.body.get(name);
    let wanted = member("query").and_then(Value::as_str).unwrap_or_default();
    let size = member("size").and_then(Value::as_u64);
    let size = usize::try_from(size.unwrap_or(DEFAULT_SIZE)).unwrap_or_default();
    let kind = member("type").and_then(Value::as_str).unwrap_or_default();
    let found: Vec<Value> = match kind {
        "agent" => resources(store, Users, wanted, &["id", "name", "email"]),
        "team" => resources(store, Teams, wanted, &["id", "name"]),
        "tag" => resources(store, Tags, wanted, &["id", "name"]),
        "integration" => resources(store, Integrations, wanted, &["id", "name", "type"]),
        _ => customers(store, kind, wanted),
    };
    let found: Vec<Value> = found.into_iter().take(size).collect();
    success(&json!({ "data": found, "object": "list", "uri": "", "meta": {} }))
}

fn resources(store: &Store, kind: ResourceKind, wanted: &str, members: &[&str]) -> Vec<Value> {
    let matches = |resource: &Resource| {
        let texts = ["name", "email"].into_iter();
        let mut texts = texts.filter_map(|member| resource.get(member)?.as_str());
        texts.any(|text| contains(text, wanted))
    };
    let resources = store.resources(kind);
    let resources = resources.filter(|(_, resource)| matches(resource));
    resources
        .map(|(_, resource)| {
            let member = |member: &&str| ((*member).to_owned(), json!(resource.get(*member)));
            Value::Object(members.iter().map(member).collect::<Map<_, _>>())
        })
        .collect()
}

fn customers(store: &Store, kind: &str, wanted: &str) -> Vec<Value> {
    let by_phone = kind.contains("phone");
    let matches = |customer: &&Customer| {
        let texts = [&customer.name, &customer.email].into_iter();
        let mut texts = texts.flatten().map(String::as_str);
        let mut channels = customer.channels.iter();
        let in_channel = channels.any(|channel| {
            (!by_phone || channel.kind == "phone") && contains(&channel.address, wanted)
        });
        in_channel || (!by_phone && texts.any(|text| contains(text, wanted)))
    };
    let customers = store.customers().filter(matches);
    customers
        .map(
            |customer| json!({ "id": customer.id, "name": customer.name, "email": customer.email }),
        )
        .collect()
}
