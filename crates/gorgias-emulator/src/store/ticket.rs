//! Tickets and messages in the store.

use serde_json::Value;

use crate::request::Attachment;
use crate::timestamp::Timestamp;

/// The sender or receiver of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Party {
    Customer(i64),
    Agent(i64),
}

#[derive(Debug)]
pub(crate) struct Ticket {
    pub(crate) id: i64,
    pub(crate) external_id: Option<String>,
    pub(crate) status: String,
    pub(crate) priority: String,
    pub(crate) channel: String,
    pub(crate) via: String,
    pub(crate) from_agent: bool,
    pub(crate) spam: bool,
    /// None if the service created it.
    pub(crate) imported: Option<bool>,
    pub(crate) customer: Option<i64>,
    pub(crate) assignee_user: Option<i64>,
    pub(crate) assignee_team: Option<i64>,
    pub(crate) language: Option<String>,
    pub(crate) subject: Option<String>,
    pub(crate) summary: Option<Value>,
    pub(crate) meta: Option<Value>,
    /// Ids of tags.
    pub(crate) tags: Vec<i64>,
    /// The values by the id of the field's definition.
    pub(crate) custom_fields: Vec<(i64, Value)>,
    pub(crate) messages: Vec<Message>,
    pub(crate) created: Timestamp,
    pub(crate) processed: Timestamp,
    pub(crate) opened: Option<Timestamp>,
    pub(crate) last_received_message: Option<Timestamp>,
    pub(crate) last_message: Option<Timestamp>,
    pub(crate) updated: Timestamp,
    pub(crate) closed: Option<Timestamp>,
    pub(crate) trashed: Option<Timestamp>,
    pub(crate) snooze: Option<Timestamp>,
    pub(crate) is_unread: bool,
    /// The time from which lists show it.
    pub(crate) visible: Timestamp,
}

#[derive(Debug)]
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
    /// Ids of macros.
    pub(crate) macros: Vec<i64>,
    pub(crate) actions: Option<Value>,
    pub(crate) headers: Option<Value>,
    /// None if the service created it.
    pub(crate) imported: Option<bool>,
    pub(crate) meta: Option<Value>,
    pub(crate) created: Timestamp,
    pub(crate) processed: Timestamp,
    pub(crate) sent: Option<Timestamp>,
    pub(crate) failed: Option<Timestamp>,
    pub(crate) opened: Option<Timestamp>,
    pub(crate) last_sending_error: Option<Value>,
    /// From when on the list of its ticket shows it.
    pub(crate) visible: Timestamp,
}

impl Message {
    /// Whether only agents see it.
    pub(super) fn is_note(&self) -> bool {
        !self.public || self.channel == "internal-note"
    }
}
