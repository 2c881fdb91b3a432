//! POST /api/tickets

use ::http::{StatusCode, header};

use super::{Call, failure};
use crate::emulator::Shared;
use crate::http::answer::Answer;
use crate::http::envelope;
use crate::wire::request::NewTicket;
use crate::wire::ticket::{self, TicketView};

pub(super) fn answer(shared: &Shared, call: Call<'_>) -> Answer {
    let message = failure(&call.operation.id);
    if !is_json(call.request.headers()) {
        return envelope::wrong_content_type();
    }
    let Ok(body) = serde_json::from_slice(call.request.body()) else {
        return envelope::malformed();
    };
    let violations = call.operation.check_body(&body);
    if !violations.is_empty() {
        return envelope::invalid(message, &violations, shared.strictness.error_data);
    }
    // The document has accepted the body, so what is left are datetimes that
    // are well formed but not in the calendar.
    let Ok(new) = serde_json::from_value::<NewTicket>(body) else {
        return envelope::malformed();
    };
    let mut store = shared.store();
    let used_up = |quota| shared.created() >= quota;
    if shared.messaging_quota.is_some_and(used_up) {
        return envelope::quota_exceeded();
    }
    let caller = call.identity.email.as_deref();
    let Ok(id) = store.create(new, caller, call.now) else {
        return envelope::conflict();
    };
    shared.count_created();
    match store.ticket(id) {
        Some(ticket) => {
            let view = TicketView::new(&store, ticket, ticket::Answer::Created);
            Answer::json(StatusCode::CREATED, &view).about(id)
        }
        None => envelope::no_such_resource(),
    }
}

fn is_json(headers: &::http::HeaderMap) -> bool {
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .and_then(|kind| kind.split(';').next());
    kind.is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}
