//! GET /api/tickets/{id}

use ::http::StatusCode;
use serde_json::Value;

use super::Call;
use crate::http::answer::Answer;
use crate::http::envelope;
use crate::shared::Shared;
use crate::wire::ticket::{self, TicketView};

pub(super) fn answer(shared: &Shared, call: Call<'_>) -> Answer {
    let id = call.values.get("id").and_then(Value::as_i64);
    let store = shared.store();
    match id.and_then(|id| store.ticket(id)) {
        Some(ticket) => {
            let view = TicketView::new(&store, ticket, ticket::Answer::Read);
            Answer::json(StatusCode::OK, &view).about(ticket.id)
        }
        None => envelope::no_such_resource(),
    }
}
