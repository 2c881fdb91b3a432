//! The forms of messages in answers.

use serde_json::{Value, json};

use super::customer;
use crate::store::{Message, Party, Store};

/// The last keys in the answer to a message's create.
pub(crate) const CREATED: &[&str] = &[
    "attachments",
    "macros",
    "actions",
    "headers",
    "imported",
    "meta",
    "created_datetime",
    "processed_datetime",
    "deleted_datetime",
    "sent_datetime",
    "failed_datetime",
    "opened_datetime",
    "last_sending_error",
    "is_retriable",
];

/// The last keys of a message that is read, listed or changed alone.
pub(crate) const READ: &[&str] = &[
    "headers",
    "attachments",
    "actions",
    "macros",
    "meta",
    "created_datetime",
    "processed_datetime",
    "sent_datetime",
    "failed_datetime",
    "deleted_datetime",
    "opened_datetime",
    "last_sending_error",
    "is_retriable",
    "imported",
];

/// Returns a message of a ticket. It has macros in the answer to a create only,
/// as recorded.
pub(super) fn of_ticket(
    store: &Store,
    ticket_id: i64,
    message: &Message,
    with_macros: bool,
) -> Value {
    let id = message.id;
    let person = |party| match party {
        Party::Customer(id) => store.customer(id).map(customer::short),
        Party::Agent(id) => store.agent(id).map(customer::agent),
    };
    // Null rather than an empty array, as recorded.
    let attachments = Some(&message.attachments).filter(|all| !all.is_empty());
    let macros = message.macros.iter().filter_map(|one| one.id);
    let mut value = json!({
        "id": id,
        "uri": format!("/api/tickets/{ticket_id}/messages/{id}/"),
        "message_id": message.message_id,
        "ticket_id": ticket_id,
        "external_id": message.external_id,
        "public": message.public,
        "channel": message.channel,
        "via": message.via,
        "source": message.source,
        "sender": message.sender.and_then(person),
        "auth_customer_identity": null,
        "integration_id": message.integration_id,
        "intents": message.intents,
        "rule_id": null,
        "from_agent": message.from_agent,
        "receiver": message.receiver.and_then(person),
        "subject": message.subject,
        "body_text": message.body_text,
        "body_html": message.body_html,
        "stripped_text": message.stripped_text,
        "stripped_html": message.stripped_html,
        "stripped_signature": message.stripped_signature,
        "attachments": attachments,
        "macros": macros.map(|id| json!({ "id": id })).collect::<Vec<_>>(),
        "actions": message.actions,
        "imported": message.imported,
        "meta": message.meta,
        "created_datetime": message.created_datetime,
        "processed_datetime": message.processed_datetime,
        "sent_datetime": message.sent_datetime,
        "failed_datetime": message.failed_datetime,
        "opened_datetime": message.opened_datetime,
        "last_sending_error": message.last_sending_error,
        "is_retriable": true,
    });
    if !with_macros {
        super::remove(&mut value, &["macros"]);
    }
    value
}

/// Returns a message alone, whose last keys are `ending`.
pub(crate) fn whole(store: &Store, ticket_id: i64, message: &Message, ending: &[&str]) -> Value {
    let mut value = of_ticket(store, ticket_id, message, true);
    super::set(&mut value, "headers", json!(message.headers));
    super::set(&mut value, "deleted_datetime", Value::Null);
    super::move_to_end(&mut value, ending);
    value
}
