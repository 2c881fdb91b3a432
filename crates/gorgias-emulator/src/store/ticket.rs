//! Tickets and messages in the store, and which members are read from a body as
//! they are.

use serde::{Deserialize, Serialize};
use serde_json::{Error, Value};

use super::read::{Reference, integer, set, yes};
use super::values::Values;
use crate::timestamp::Timestamp;

/// The sender or receiver of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Party {
    Customer(i64),
    Agent(i64),
}

#[derive(Debug, Default)]
pub(crate) struct Ticket {
    pub(crate) id: i64,
    pub(crate) external_id: Option<String>,
    pub(crate) status: String,
    pub(crate) priority: String,
    pub(crate) channel: String,
    pub(crate) via: String,
    pub(crate) from_agent: bool,
    pub(crate) spam: bool,
    /// None if the service created the ticket.
    pub(crate) imported: Option<bool>,
    pub(crate) customer_id: Option<i64>,
    pub(crate) assignee_user_id: Option<i64>,
    pub(crate) assignee_team_id: Option<i64>,
    pub(crate) language: Option<String>,
    pub(crate) subject: Option<String>,
    pub(crate) summary: Option<Value>,
    pub(crate) meta: Option<Value>,
    pub(crate) tag_ids: Vec<i64>,
    pub(crate) custom_fields: Values,
    pub(crate) messages: Vec<Message>,
    pub(crate) created_datetime: Timestamp,
    pub(crate) processed_datetime: Timestamp,
    pub(crate) opened_datetime: Option<Timestamp>,
    pub(crate) last_received_message_datetime: Option<Timestamp>,
    pub(crate) last_message_datetime: Option<Timestamp>,
    pub(crate) updated_datetime: Timestamp,
    pub(crate) closed_datetime: Option<Timestamp>,
    pub(crate) trashed_datetime: Option<Timestamp>,
    pub(crate) snooze_datetime: Option<Timestamp>,
    pub(crate) is_unread: bool,
    /// The time from which lists show the ticket.
    pub(crate) visible: Timestamp,
}

#[derive(Debug, Default)]
pub(crate) struct Message {
    pub(crate) id: i64,
    pub(crate) message_id: Option<String>,
    pub(crate) external_id: Option<String>,
    pub(crate) public: bool,
    pub(crate) channel: String,
    pub(crate) via: String,
    pub(crate) source: Value,
    pub(crate) sender: Option<Party>,
    pub(crate) receiver: Option<Party>,
    pub(crate) intents: Vec<Value>,
    pub(crate) integration_id: Option<i64>,
    pub(crate) from_agent: bool,
    pub(crate) subject: Option<String>,
    pub(crate) body_text: Option<String>,
    pub(crate) body_html: Option<String>,
    pub(crate) stripped_text: Option<String>,
    pub(crate) stripped_html: Option<String>,
    pub(crate) stripped_signature: Option<String>,
    pub(crate) attachments: Vec<Attachment>,
    pub(crate) macros: Vec<Reference>,
    pub(crate) actions: Option<Value>,
    pub(crate) headers: Option<Value>,
    /// None if the service created the message.
    pub(crate) imported: Option<bool>,
    pub(crate) meta: Option<Value>,
    pub(crate) created_datetime: Timestamp,
    pub(crate) processed_datetime: Timestamp,
    pub(crate) sent_datetime: Option<Timestamp>,
    pub(crate) failed_datetime: Option<Timestamp>,
    pub(crate) opened_datetime: Option<Timestamp>,
    pub(crate) last_sending_error: Option<Value>,
    /// The time from which the list of the ticket's messages shows this message.
    pub(crate) visible: Timestamp,
}

/// An attachment, with its members in the order of answers.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Attachment {
    url: String,
    name: Option<String>,
    size: Option<Value>,
    content_type: Option<String>,
    #[serde(default = "yes")]
    public: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    extra: Option<Value>,
}

impl Ticket {
    /// Sets a member to the value that a body gives it. Members that refer to
    /// other resources are left to the caller.
    pub(super) fn set(&mut self, member: &str, value: &Value) -> Result<(), Error> {
        match member {
            "external_id" => set(&mut self.external_id, value),
            "status" => set(&mut self.status, value),
            "priority" => set(&mut self.priority, value),
            "channel" => set(&mut self.channel, value),
            "via" => set(&mut self.via, value),
            "from_agent" => set(&mut self.from_agent, value),
            "spam" => set(&mut self.spam, value),
            "imported" => set(&mut self.imported, value),
            "language" => set(&mut self.language, value),
            "subject" => set(&mut self.subject, value),
            "summary" => set(&mut self.summary, value),
            "meta" => set(&mut self.meta, value),
            "created_datetime" => set(&mut self.created_datetime, value),
            "processed_datetime" => set(&mut self.processed_datetime, value),
            "opened_datetime" => set(&mut self.opened_datetime, value),
            "last_received_message_datetime" => {
                set(&mut self.last_received_message_datetime, value)
            }
            "last_message_datetime" => set(&mut self.last_message_datetime, value),
            "updated_datetime" => set(&mut self.updated_datetime, value),
            "closed_datetime" => set(&mut self.closed_datetime, value),
            "trashed_datetime" => set(&mut self.trashed_datetime, value),
            "snooze_datetime" => set(&mut self.snooze_datetime, value),
            "is_unread" => set(&mut self.is_unread, value),
            _ => Ok(()),
        }
    }
}

impl Message {
    /// Sets a member to the value that a body gives it, except the sender and
    /// the receiver.
    pub(super) fn set(&mut self, member: &str, value: &Value) -> Result<(), Error> {
        match member {
            "message_id" => set(&mut self.message_id, value),
            "external_id" => set(&mut self.external_id, value),
            "public" => set(&mut self.public, value),
            "channel" => set(&mut self.channel, value),
            "via" => set(&mut self.via, value),
            "source" => set(&mut self.source, value),
            "intents" => set(&mut self.intents, value),
            "integration_id" => integer(value).map(|id| self.integration_id = id),
            "from_agent" => set(&mut self.from_agent, value),
            "subject" => set(&mut self.subject, value),
            "body_text" => set(&mut self.body_text, value),
            "body_html" => set(&mut self.body_html, value),
            "stripped_text" => set(&mut self.stripped_text, value),
            "stripped_html" => set(&mut self.stripped_html, value),
            "stripped_signature" => set(&mut self.stripped_signature, value),
            "attachments" => set(&mut self.attachments, value),
            "macros" => set(&mut self.macros, value),
            "actions" => set(&mut self.actions, value),
            "headers" => set(&mut self.headers, value),
            "imported" => set(&mut self.imported, value),
            "meta" => set(&mut self.meta, value),
            "created_datetime" => set(&mut self.created_datetime, value),
            "processed_datetime" => set(&mut self.processed_datetime, value),
            "sent_datetime" => set(&mut self.sent_datetime, value),
            "failed_datetime" => set(&mut self.failed_datetime, value),
            "opened_datetime" => set(&mut self.opened_datetime, value),
            "last_sending_error" => set(&mut self.last_sending_error, value),
            _ => Ok(()),
        }
    }

    /// Whether only agents see the message.
    pub(super) fn is_note(&self) -> bool {
        !self.public || self.channel == "internal-note"
    }
}
