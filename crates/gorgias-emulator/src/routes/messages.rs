//! Messages, of a ticket and of the account.

use serde_json::{Value, json};

use super::call::{Call, CallResult, Table, empty, success};
use super::list::{self, Envelope};
use crate::http::cursor::Key;
use crate::http::query;
use crate::store::{Format, NewMessage, Refused, Resource, Store};
use crate::view::message::{self, whole};

pub(super) const TABLE: Table = &[
    ("list_ticket_messages", list_of_ticket),
    ("create_ticket_message", create),
    ("get_ticket_message", get),
    ("update_ticket_message", update),
    ("delete_ticket_message", delete),
    ("list_messages", list),
];

fn answer(store: &Store, call: &Call, id: i64, ending: &[&str]) -> CallResult {
    let ticket = call.id("ticket_id");
    let message = store.message(ticket, id)?;
    success(&whole(store, ticket, message, ending))
}

fn create(store: &mut Store, call: &Call) -> CallResult {
    let new = NewMessage::read(
        call.members(),
        &Resource::new(),
        Format::Request,
        call.now,
        call.now,
    )
    .map_err(|error| Refused::at(&[], format!("Cannot be read: {error}.")))?;
    let id = store.add_message(call.id("ticket_id"), new, call.context())?;
    answer(store, call, id, message::CREATED)
}

fn get(store: &mut Store, call: &Call) -> CallResult {
    answer(store, call, call.id("id"), message::READ)
}

fn update(store: &mut Store, call: &Call) -> CallResult {
    let (ticket, id) = (call.id("ticket_id"), call.id("id"));
    store.update_message(ticket, id, call.members(), call.context())?;
    answer(store, call, id, message::READ)
}

fn delete(store: &mut Store, call: &Call) -> CallResult {
    let (ticket, id) = (call.id("ticket_id"), call.id("id"));
    store.delete_message(ticket, id, call.context())?;
    empty()
}

/// Answers with a numbered page, oldest messages first.
fn list_of_ticket(store: &mut Store, call: &Call) -> CallResult {
    let id = call.id("ticket_id");
    let ticket = store.ticket(id).ok_or(Refused::NotFound)?;
    let visible = ticket.messages.iter();
    let visible = visible.filter(|message| message.visible <= call.now);
    let (limit, count) = (list::limit(call), visible.clone().count());
    let page = call.number("page").unwrap_or(1);
    let before = usize::try_from(page).unwrap_or(1).saturating_sub(1);
    let messages = visible.skip(before.saturating_mul(limit)).take(limit);
    let data: Vec<Value> = messages
        .map(|message| whole(store, id, message, message::READ))
        .collect();
    let mut pairs = query::parse(&call.query);
    pairs.retain(|(name, _)| name != "page");
    pairs.push(("page".to_owned(), page.to_string()));
    let current = format!("/api/tickets/{id}/messages/?{}", query::encode(&pairs));
    success(&json!({
        "data": data,
        "object": "list",
        "uri": list::uri(call),
        "meta": {
            "page": page,
            "per_page": limit,
            "current_page": current,
            "item_count": count,
            "nb_pages": count.div_ceil(limit.max(1)),
        },
    }))
}

fn list(store: &mut Store, call: &Call) -> CallResult {
    let (_, descending) = list::order(call, "created_datetime:desc");
    let wanted = call.number("ticket_id");
    let tickets = store.tickets();
    let tickets = tickets.filter(|ticket| wanted.is_none_or(|wanted| ticket.id == wanted));
    let messages = tickets.flat_map(|ticket| {
        let messages = ticket.messages.iter();
        let visible = messages.filter(|message| message.visible <= call.now);
        visible.map(|message| {
            let position = (Key::Time(message.created_datetime), message.id);
            (position, (ticket.id, message))
        })
    });
    let show = |(ticket, message)| whole(store, ticket, message, message::READ);
    list::answer_items(call, Envelope::Plain, descending, messages, show)
}
