//! The items of views. The filters of a view are ignored: its items are all tickets
//! or customers.

use serde_json::{Value, json};

use super::call::{Call, CallResult, Table, success};
use super::list;
use crate::http::cursor::{self, Direction, Key};
use crate::http::query;
use crate::store::ResourceKind::Views;
use crate::store::{Page, Refused, Store};
use crate::view::compact::view_item;
use crate::view::customer::{CustomerForm, whole};

pub(super) const TABLE: Table = &[("list_view_items", items)];

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
    let key = |created, updated, id| match member {
        "created_datetime" => (Key::Time(created), id),
        _ => (Key::Time(updated), id),
    };
    if view.get("type") == Some(&json!("customer-list")) {
        let customers = store.customers();
        let customers =
            customers.map(|one| (key(one.created_datetime, one.updated_datetime, one.id), one));
        let page = list::page(&paging, customers);
        return answer_page(call, id, page, |one| whole(one, CustomerForm::Listed));
    }
    let tickets = store.tickets();
    let tickets = tickets.filter(|ticket| ticket.trashed_datetime.is_none());
    let tickets = tickets.map(|one| (key(one.created_datetime, one.updated_datetime, one.id), one));
    let page = list::page(&paging, tickets);
    answer_page(call, id, page, |ticket| view_item(store, ticket))
}

fn answer_page<T>(call: &Call, view: i64, page: Page<T>, show: impl Fn(T) -> Value) -> CallResult {
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
