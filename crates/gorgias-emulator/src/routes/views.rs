//! Views. Their filters are ignored: the items are all tickets or customers.

use serde_json::{Value, json};

use super::call::{Call, CallResult, Table, done, success};
use super::list::{self, Envelope};
use super::resources::{NEWEST, get, listed, shown, update};
use crate::http::cursor::{self, Direction, Key};
use crate::http::query;
use crate::store::ResourceKind::Views;
use crate::store::{Page, Refused, Store, Ticket, page};
use crate::view::compact::view_item;
use crate::view::customer::{CustomerForm, whole};

pub(super) const TABLE: Table = &[
    ("list_views", |store, call| {
        listed(store, call, Views, Envelope::WithTotal, NEWEST)
    }),
    ("create_view", |store, call| {
        let id = store.add(Views, call.members(), call.now);
        shown(store, Views, id)
    }),
    ("get_view", |store, call| get(store, call, Views)),
    ("update_view", |store, call| update(store, call, Views)),
    ("delete_view", delete),
    ("list_view_items", items),
];

/// Deletes a view. Views of the system can't be deleted.
fn delete(store: &mut Store, call: &Call) -> CallResult {
    let id = call.id("id");
    let view = store.resource(Views, id).ok_or(Refused::NotFound)?;
    if view.get("category") == Some(&json!("system")) {
        return Err(Refused::of("id", "A view of the system cannot be deleted."));
    }
    store.discard(Views, id)?;
    done()
}

fn items(store: &mut Store, call: &Call) -> CallResult {
    let id = call.id("view_id");
    let view = store.resource(Views, id).ok_or(Refused::NotFound)?;
    let own = |member: &str| view.get(member).and_then(Value::as_str).unwrap_or_default();
    let default = format!("{}:{}", own("order_by"), own("order_dir"));
    let (member, descending) = list::order(call, &default);
    let mut paging = list::paging(call, descending)?;
    if let (Some((direction, _)), Some("prev")) = (&mut paging.from, call.text("direction")) {
        *direction = Direction::Previous;
    }
    let key = |created, updated| match member {
        "created_datetime" => Key::Time(created),
        _ => Key::Time(updated),
    };
    if view.get("type") == Some(&json!("customer-list")) {
        let customers = store.customers();
        let index = customers.map(|one| (key(one.created_datetime, one.updated_datetime), one.id));
        let page = page(&index.collect(), &paging, |id| store.customer(id));
        return answer(call, id, page, |one| whole(one, CustomerForm::Listed));
    }
    let tickets = store
        .tickets()
        .filter(|ticket| ticket.trashed_datetime.is_none());
    let position = |ticket: &Ticket| {
        let key = key(ticket.created_datetime, ticket.updated_datetime);
        (key, ticket.id)
    };
    let index = tickets.map(position);
    let page = page(&index.collect(), &paging, |id| store.ticket(id));
    answer(call, id, page, |ticket| view_item(store, ticket))
}

fn answer<T>(call: &Call, view: i64, page: Page<T>, show: impl Fn(T) -> Value) -> CallResult {
    let address = |direction, position| {
        let mut pairs = query::parse(&call.query);
        pairs.retain(|(name, _)| name != "cursor");
        pairs.push(("cursor".to_owned(), cursor::write(direction, position)));
        format!("/api/views/{view}/items/?{}", query::encode(&pairs))
    };
    let next = page.next.as_ref();
    let previous = page.previous.as_ref();
    let meta = json!({
        "next_items": next.map(|position| address(Direction::Next, position)),
        "prev_items": previous.map(|position| address(Direction::Previous, position)),
        "current_cursor": call.text("cursor"),
    });
    let data: Vec<Value> = page.items.into_iter().map(show).collect();
    success(&json!({ "data": data, "meta": meta }))
}
