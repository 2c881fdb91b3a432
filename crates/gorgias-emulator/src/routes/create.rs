//! POST /api/tickets

use ::http::StatusCode;
use bytes::Bytes;

use super::{Call, failure};
use crate::document::Violation;
use crate::exchange::Late;
use crate::http::answer::Answer;
use crate::http::envelope;
use crate::shared::Shared;
use crate::store::{Context, Pending, Refused};
use crate::wire::request::NewTicket;
use crate::wire::ticket::{self, TicketView};

pub(super) fn answer(shared: &Shared, mut call: Call<'_>) -> Answer {
    // The document has accepted the body, so this is for the eventuality that
    // its formats allow a datetime that is not in our calendar.
    let new = match serde_json::from_value::<NewTicket>(call.body.take()) {
        Ok(new) => new,
        Err(error) => {
            let violation = Violation::new(&[], format!("Cannot be read: {error}."));
            return envelope::invalid(
                &failure(&call.operation.id),
                &[violation],
                shared.strictness.error_data,
            );
        }
    };
    apply(shared, &call, new)
}

/// Creates the ticket, now or later, once or twice.
fn apply(shared: &Shared, call: &Call<'_>, new: NewTicket) -> Answer {
    let mut store = shared.store();
    if !store.accept(shared.messaging_quota) {
        return envelope::quota_exceeded();
    }
    let caller = call.identity.email.as_deref();
    let delivery = call.delivery;
    if let Some(late) = delivery.late {
        let copies = if delivery.twice { 2 } else { 1 };
        for new in std::iter::repeat_n(new, copies) {
            let pending = Pending {
                new,
                caller: caller.map(str::to_owned),
                visibility_lag: delivery.visibility_lag,
            };
            match late {
                Late::After(time) => store.postpone(call.now.after(time), pending),
                Late::WhenOver(rule) => store.hold(rule, pending),
            }
        }
        // Whoever asks for this keeps the answer from the client.
        return Answer::new(StatusCode::ACCEPTED, "text/plain", Bytes::new());
    }
    let context = Context {
        caller,
        now: call.now,
        visible: call.now.after(delivery.visibility_lag),
    };
    let copy = delivery.twice.then(|| new.clone());
    let id = match store.create(new, context) {
        Ok(id) => id,
        Err(Refused { path, message }) => {
            let message = message.to_owned();
            let violation = Violation { path, message };
            let shape = shared.strictness.error_data;
            return envelope::invalid(&failure(&call.operation.id), &[violation], shape);
        }
    };
    if let Some(copy) = copy {
        // The first delivery's answer is the one that arrives.
        let _ = store.create(copy, context);
    }
    match store.ticket(id) {
        Some(ticket) => {
            let view = TicketView::new(&store, ticket, ticket::Answer::Created);
            Answer::json(StatusCode::CREATED, &view).about(id)
        }
        None => envelope::no_such_resource(),
    }
}
