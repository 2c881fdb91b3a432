//! Lists with cursors.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::call::{Call, CallResult, success};
use crate::http::cursor::{self, Direction, Key, Position};
use crate::http::query;
use crate::store::{self, Page, Paging, Refused, Resource};
use crate::timestamp::Timestamp;

/// The documented default of `limit`.
pub(super) const DEFAULT_LIMIT: i64 = 30;

/// The two forms of lists with cursors that were recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Envelope {
    /// `object`, `uri`, `data`, and a `meta` with `total_resources`.
    WithTotal,
    /// `data`, `object`, `uri`, and a `meta` without `total_resources`.
    Plain,
}

/// Returns the member that a list is ordered by, and whether the order is
/// descending.
pub(super) fn order<'a>(call: &'a Call, default: &'a str) -> (&'a str, bool) {
    let text = call.text("order_by").unwrap_or(default);
    // Of several members the first counts.
    let first = text.split(',').next().unwrap_or(text);
    match first.split_once(':') {
        Some((member, direction)) => (member, direction == "desc"),
        None => (first, false),
    }
}

/// Returns which part of a list a request asks for. The order isn't part of the cursor: a
/// request for a later page of the list without `order_by` gets the default order, as
/// with the service.
pub(super) fn paging(call: &Call, descending: bool) -> Result<Paging, Refused> {
    let from = match call.text("cursor").map(cursor::read) {
        Some(None) => {
            let message = "Must be a cursor of an earlier page.";
            return Err(Refused::of("cursor", message));
        }
        Some(Some(from)) => from,
        None => None,
    };
    Ok(Paging {
        descending,
        from,
        limit: limit(call),
    })
}

/// Returns the largest number of items of a page.
pub(super) fn limit(call: &Call) -> usize {
    let limit = call.number("limit").unwrap_or(DEFAULT_LIMIT);
    usize::try_from(limit).unwrap_or_default()
}

/// Returns the address of a list: its path and query. Without a query it ends
/// in a question mark, as recorded.
pub(super) fn uri(call: &Call) -> String {
    let query = query::parse(&call.query);
    format!("{}?{}", call.path, query::encode(&query))
}

/// Answers with a page of a list.
pub(super) fn answer_page<T>(
    call: &Call,
    envelope: Envelope,
    page: Page<T>,
    show: impl Fn(T) -> Value,
) -> CallResult {
    let write = |direction, position: Option<Position>| {
        position.map(|position| cursor::write(direction, &position))
    };
    let previous = write(Direction::Previous, page.previous);
    let next = write(Direction::Next, page.next);
    let data: Vec<Value> = page.items.into_iter().map(show).collect();
    let uri = uri(call);
    match envelope {
        Envelope::WithTotal => {
            let meta = json!({
                "prev_cursor": previous, "next_cursor": next, "total_resources": null,
            });
            success(&json!({ "object": "list", "uri": uri, "data": data, "meta": meta }))
        }
        Envelope::Plain => {
            let meta = json!({ "prev_cursor": previous, "next_cursor": next });
            success(&json!({ "data": data, "object": "list", "uri": uri, "meta": meta }))
        }
    }
}

/// Answers with a page of these items, each with its position.
pub(super) fn answer_items<T: Clone>(
    call: &Call,
    envelope: Envelope,
    descending: bool,
    items: impl Iterator<Item = (Position, T)>,
    show: impl Fn(T) -> Value,
) -> CallResult {
    let page = page(&paging(call, descending)?, items);
    answer_page(call, envelope, page, show)
}

/// Returns a page of these items, each with its position.
pub(super) fn page<T: Clone>(
    paging: &Paging,
    items: impl Iterator<Item = (Position, T)>,
) -> Page<T> {
    let (mut index, mut by_id) = (BTreeSet::new(), BTreeMap::new());
    for (position, item) in items {
        by_id.insert(position.1, item);
        index.insert(position);
    }
    store::page(&index, paging, |id| by_id.get(&id).cloned())
}

/// Returns the sort key of a resource. The member may be nested, such as
/// `role.name`.
pub(super) fn key(resource: &Resource, member: &str) -> Key {
    let mut path = member.split('.');
    let first = path.next().and_then(|first| resource.get(first));
    let value = path.fold(first, |value, inner| {
        value.and_then(|value| value.get(inner))
    });
    match value {
        Some(Value::Number(number)) => Key::Number(number.as_i64().unwrap_or_default()),
        Some(Value::String(text)) => match Timestamp::parse(text) {
            Some(at) => Key::Time(at),
            None => Key::Text(text.clone()),
        },
        _ => Key::Text(String::new()),
    }
}

/// Whether a resource passes the filters of a list: `search`, `archived`, `roles`, and
/// every other parameter that has the name of a member.
pub(super) fn passes(call: &Call, resource: &Resource) -> bool {
    call.values
        .iter()
        .all(|(name, wanted)| match name.as_str() {
            "cursor" | "limit" | "order_by" => true,
            "search" => {
                let wanted = wanted.as_str().unwrap_or_default();
                let members = ["name", "label", "email"].into_iter();
                let mut texts = members.filter_map(|member| resource.get(member)?.as_str());
                texts.any(|text| contains(text, wanted))
            }
            "archived" => {
                let deactivated = resource.get("deactivated_datetime");
                let archived = deactivated.is_some_and(Value::is_string);
                wanted.as_bool() == Some(archived)
            }
            "roles" => {
                let role = resource.get("role").and_then(|role| role.get("name"));
                let roles = wanted.as_array().map(Vec::as_slice).unwrap_or_default();
                role.is_some_and(|role| roles.contains(role))
            }
            _ => resource.get(name).is_none_or(|value| value == wanted),
        })
}

/// Whether a text contains another, ignoring case.
pub(super) fn contains(text: &str, wanted: &str) -> bool {
    text.to_lowercase().contains(&wanted.to_lowercase())
}
