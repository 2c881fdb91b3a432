//! Tickets: list, create, read, change and delete.

use serde_json::Value;

use super::call::{Call, CallResult, Table, empty, success};
use super::list::{self, Envelope};
use crate::store::{Format, NewTicket, Refused, ResourceKind, Store, Ticket};
use crate::strictness::ExternalIdMatch;
use crate::view::compact::compact;
use crate::view::ticket::{TicketForm, TicketView};

pub(super) const TABLE: Table = &[
    ("list_tickets", list),
    ("create_ticket", create),
    ("get_ticket", get),
    ("update_ticket", update),
    ("delete_ticket", delete),
];

fn answer(store: &Store, id: i64, form: TicketForm) -> CallResult {
    let ticket = store.ticket(id).ok_or(Refused::NotFound)?;
    let view = TicketView {
        store,
        ticket,
        form,
    };
    success(&view).map(|answer| answer.about(id))
}

fn create(store: &mut Store, call: &Call) -> CallResult {
    // The body was checked against the document. Decoding can fail only for a datetime
    // that the document's format allows and `chrono` can't represent.
    let new = NewTicket::read(call.members(), Format::Request, call.now)
        .map_err(|error| Refused::at(&[], format!("Cannot be read: {error}.")))?;
    let id = store.create(new, call.context())?;
    answer(store, id, TicketForm::Created)
}

fn get(store: &mut Store, call: &Call) -> CallResult {
    answer(store, call.id("id"), TicketForm::Read)
}

fn update(store: &mut Store, call: &Call) -> CallResult {
    let id = call.id("id");
    store.update_ticket(id, call.members(), call.context())?;
    answer(store, id, TicketForm::Updated)
}

fn delete(store: &mut Store, call: &Call) -> CallResult {
    let id = call.id("id");
    store.delete_ticket(id, call.context())?;
    empty().map(|answer| answer.about(id))
}

fn list(store: &mut Store, call: &Call) -> CallResult {
    let (member, descending) = list::order(call, "created_datetime:desc");
    let external_id = call.text("external_id");
    let customer = call.number("customer_id");
    let ids = call.values.get("ticket_ids").and_then(Value::as_array);
    let view = call.number("view_id");
    let no_view = view.is_some_and(|view| store.resource(ResourceKind::Views, view).is_none());
    // The emulator has no rules of a helpdesk, so the filter by a rule finds no ticket.
    let nothing = no_view || call.number("rule_id").is_some();
    let trashed = call.values.get("trashed") != Some(&Value::Bool(false));
    let passes = |ticket: &Ticket| {
        !nothing
            && ticket.visible <= call.now
            && (customer.is_none() || ticket.customer_id == customer)
            && (trashed || ticket.trashed_datetime.is_none())
            && external_id
                .is_none_or(|wanted| call.matching.accepts(wanted, ticket.external_id.as_deref()))
    };
    let found = match (ids, external_id) {
        (Some(ids), _) => {
            let ids = ids.iter().filter_map(Value::as_i64);
            Some(ids.filter_map(|id| store.ticket(id)).collect())
        }
        (None, Some(external_id)) if call.matching == ExternalIdMatch::Exact => {
            Some(store.with_external_id(external_id).collect())
        }
        _ => None,
    };
    let paging = list::paging(call, descending)?;
    let page = store.page(found, member == "updated_datetime", &paging, passes);
    list::answer_page(call, Envelope::WithTotal, page, |ticket| {
        compact(store, ticket)
    })
}
