//! The forms of messages in answers.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::customer::PersonView;
use crate::store::{Message, Store};

/// A message in the form that it has within a ticket.
pub(crate) struct MessageView<'a> {
    pub(crate) store: &'a Store,
    pub(crate) ticket_id: i64,
    pub(crate) message: &'a Message,
    /// Whether `macros` is written. A message within a ticket has this key only in
    /// the answer to the ticket's create, as in the recorded answers of the service.
    pub(crate) with_macros: bool,
}

impl Serialize for MessageView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (ticket_id, message) = (self.ticket_id, self.message);
        let uri = format!("/api/tickets/{ticket_id}/messages/{}/", message.id);
        let sender = message.sender;
        let sender = sender.and_then(|party| PersonView::party(self.store, party));
        let receiver = message.receiver;
        let receiver = receiver.and_then(|party| PersonView::party(self.store, party));
        // Null rather than an empty array, as in the recorded answers of the
        // service.
        let attachments = Some(&message.attachments).filter(|some| !some.is_empty());
        let mut object = serializer.serialize_map(None)?;
        object.serialize_entry("id", &message.id)?;
        object.serialize_entry("uri", &uri)?;
        object.serialize_entry("message_id", &message.message_id)?;
        object.serialize_entry("ticket_id", &ticket_id)?;
        object.serialize_entry("external_id", &message.external_id)?;
        object.serialize_entry("public", &message.public)?;
        object.serialize_entry("channel", &message.channel)?;
        object.serialize_entry("via", &message.via)?;
        object.serialize_entry("source", &message.source)?;
        object.serialize_entry("sender", &sender)?;
        object.serialize_entry("auth_customer_identity", &())?;
        object.serialize_entry("integration_id", &message.integration_id)?;
        object.serialize_entry("intents", &message.intents)?;
        object.serialize_entry("rule_id", &())?;
        object.serialize_entry("from_agent", &message.from_agent)?;
        object.serialize_entry("receiver", &receiver)?;
        object.serialize_entry("subject", &message.subject)?;
        object.serialize_entry("body_text", &message.body_text)?;
        object.serialize_entry("body_html", &message.body_html)?;
        object.serialize_entry("stripped_text", &message.stripped_text)?;
        object.serialize_entry("stripped_html", &message.stripped_html)?;
        object.serialize_entry("stripped_signature", &message.stripped_signature)?;
        object.serialize_entry("attachments", &attachments)?;
        if self.with_macros {
            let macros = message.macros.iter().filter(|one| one.id.is_some());
            object.serialize_entry("macros", &macros.collect::<Vec<_>>())?;
        }
        object.serialize_entry("actions", &message.actions)?;
        object.serialize_entry("imported", &message.imported)?;
        object.serialize_entry("meta", &message.meta)?;
        object.serialize_entry("created_datetime", &message.created_datetime)?;
        object.serialize_entry("processed_datetime", &message.processed_datetime)?;
        object.serialize_entry("sent_datetime", &message.sent_datetime)?;
        object.serialize_entry("failed_datetime", &message.failed_datetime)?;
        object.serialize_entry("opened_datetime", &message.opened_datetime)?;
        object.serialize_entry("last_sending_error", &message.last_sending_error)?;
        object.serialize_entry("is_retriable", &true)?;
        object.end()
    }
}

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

/// The last keys of a message that is read, listed or changed without its ticket.
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

/// Returns a message in the form that it has outside a ticket, with the keys
/// `ending` at its end.
pub(crate) fn whole(store: &Store, ticket_id: i64, message: &Message, ending: &[&str]) -> Value {
    let mut value = super::json(&MessageView {
        store,
        ticket_id,
        message,
        with_macros: true,
    });
    super::set(&mut value, "headers", json!(message.headers));
    super::set(&mut value, "deleted_datetime", Value::Null);
    super::move_to_end(&mut value, ending);
    value
}
