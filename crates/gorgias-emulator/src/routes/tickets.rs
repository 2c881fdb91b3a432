//! Tickets: list, create, read, change and delete.

use serde_json::Value;

use super::call::{Call, CallResult, Table, done, success};
use super::list::{self, Envelope};
use crate::store::{Filter, Format, NewTicket, Refused, ResourceKind, SortKey, Store};
use crate::view::compact::compact;
use crate::view::ticket::{TicketForm, TicketView};

pub(super) const TABLE: Table = &[
    ("list_tickets", list),
    ("create_ticket", create),
    ("get_ticket", get),
    ("update_ticket", update),
    ("delete_ticket", delete),
];

fn shown(store: &Store, id: i64, form: TicketForm) -> CallResult {
    let ticket = store.ticket(id).ok_or(Refused::NotFound)?;
    let view = TicketView {
        store,
        ticket,
        form,
    };
    success(&view).map(|answer| answer.about(id))
}

fn create(store: &mut Store, call: &Call) -> CallResult {
    // The document has accepted the body. Decoding can fail only for a datetime
    // that the document's format allows and `chrono` can't represent.
    let new = NewTicket::read(call.members(), Format::Request, call.now)
        .map_err(|error| Refused::at(&[], format!("Cannot be read: {error}.")))?;
    let id = store.create(new, call.context())?;
    shown(store, id, TicketForm::Created)
}

fn get(store: &mut Store, call: &Call) -> CallResult {
    shown(store, call.id("id"), TicketForm::Read)
}

fn update(store: &mut Store, call: &Call) -> CallResult {
    let id = call.id("id");
    store.update_ticket(id, call.members(), call.context())?;
    shown(store, id, TicketForm::Updated)
}

fn delete(store: &mut Store, call: &Call) -> CallResult {
    let id = call.id("id");
    store.delete_ticket(id, call.context())?;
    done().map(|answer| answer.about(id))
}

fn list(store: &mut Store, call: &Call) -> CallResult {
    let (member, descending) = list::order(call, "created_datetime:desc");
    let key = match member {
        "updated_datetime" => SortKey::Updated,
        _ => SortKey::Created,
    };
    let ids = call.values.get("ticket_ids").and_then(Value::as_array);
    let view = call.number("view_id");
    let no_view = view.is_some_and(|view| store.resource(ResourceKind::Views, view).is_none());
    let filter = Filter {
        customer_id: call.number("customer_id"),
        external_id: call.text("external_id"),
        matching: call.matching,
        nothing: no_view || call.number("rule_id").is_some(),
        ticket_ids: ids.map(|ids| ids.iter().filter_map(Value::as_i64).collect()),
        trashed: call.values.get("trashed") != Some(&Value::Bool(false)),
        now: call.now,
    };
    let page = store.page(&filter, key, &list::paging(call, descending)?);
    list::answer(call, Envelope::WithTotal, page, |ticket| {
        compact(store, ticket)
    })
}
