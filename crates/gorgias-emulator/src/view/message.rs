//! The forms of messages in answers.

use serde::Serialize;
use serde_json::{Value, json};

use super::Nothing;
use super::customer::PersonView;
use crate::store::{Attachment, Message, Store};
use crate::timestamp::Timestamp;

#[derive(Serialize)]
pub(crate) struct MessageView<'a> {
    id: i64,
    uri: String,
    message_id: Option<&'a str>,
    ticket_id: i64,
    external_id: Option<&'a str>,
    public: bool,
    channel: &'a str,
    via: &'a str,
    source: &'a Value,
    sender: Option<PersonView<'a>>,
    auth_customer_identity: Option<Nothing>,
    integration_id: Option<i64>,
    intents: &'a [Value],
    rule_id: Option<i64>,
    from_agent: bool,
    receiver: Option<PersonView<'a>>,
    subject: Option<&'a str>,
    body_text: Option<&'a str>,
    body_html: Option<&'a str>,
    stripped_text: Option<&'a str>,
    stripped_html: Option<&'a str>,
    stripped_signature: Option<&'a str>,
    /// Null rather than an empty array, as recorded.
    attachments: Option<&'a [Attachment]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    macros: Option<Vec<MacroView>>,
    actions: Option<&'a Value>,
    /// Null if the service created it.
    imported: Option<bool>,
    meta: Option<&'a Value>,
    created_datetime: Timestamp,
    processed_datetime: Timestamp,
    sent_datetime: Option<Timestamp>,
    failed_datetime: Option<Timestamp>,
    opened_datetime: Option<Timestamp>,
    last_sending_error: Option<&'a Value>,
    is_retriable: bool,
}

#[derive(Serialize)]
struct MacroView {
    id: i64,
}

impl<'a> MessageView<'a> {
    /// `with_macros` is true in the answer to a create only, as recorded.
    pub(crate) fn new(
        store: &'a Store,
        ticket_id: i64,
        message: &'a Message,
        with_macros: bool,
    ) -> Self {
        let id = message.id;
        Self {
            id,
            uri: format!("/api/tickets/{ticket_id}/messages/{id}/"),
            message_id: message.message_id.as_deref(),
            ticket_id,
            external_id: message.external_id.as_deref(),
            public: message.public,
            channel: &message.channel,
            via: &message.via,
            source: &message.source,
            sender: message
                .sender
                .and_then(|party| PersonView::party(store, party)),
            auth_customer_identity: None,
            integration_id: message.integration_id,
            intents: &message.intents,
            rule_id: None,
            from_agent: message.from_agent,
            receiver: message
                .receiver
                .and_then(|party| PersonView::party(store, party)),
            subject: message.subject.as_deref(),
            body_text: message.body_text.as_deref(),
            body_html: message.body_html.as_deref(),
            stripped_text: message.stripped_text.as_deref(),
            stripped_html: message.stripped_html.as_deref(),
            stripped_signature: message.stripped_signature.as_deref(),
            attachments: (!message.attachments.is_empty()).then_some(&message.attachments),
            macros: with_macros.then(|| {
                let ids = message.macros.iter().filter_map(|one| one.id);
                ids.map(|id| MacroView { id }).collect()
            }),
            actions: message.actions.as_ref(),
            imported: message.imported,
            meta: message.meta.as_ref(),
            created_datetime: message.created_datetime,
            processed_datetime: message.processed_datetime,
            sent_datetime: message.sent_datetime,
            failed_datetime: message.failed_datetime,
            opened_datetime: message.opened_datetime,
            last_sending_error: message.last_sending_error.as_ref(),
            is_retriable: true,
        }
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

/// Returns a message alone, whose last keys are `ending`.
pub(crate) fn whole(store: &Store, ticket_id: i64, message: &Message, ending: &[&str]) -> Value {
    let mut value = super::json(&MessageView::new(store, ticket_id, message, true));
    super::set(&mut value, "headers", json!(message.headers));
    super::set(&mut value, "deleted_datetime", Value::Null);
    super::move_to_end(&mut value, ending);
    value
}
