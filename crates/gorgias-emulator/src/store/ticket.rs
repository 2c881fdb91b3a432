//! Tickets and messages in the store. Their members have the names of the API;
//! those that are not read from a body are skipped.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::read::{Reference, integer};
use super::values::Values;
use crate::timestamp::Timestamp;

/// The sender or receiver of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Party {
    Customer(i64),
    Agent(i64),
}

#[derive(Debug, Deserialize)]
pub(crate) struct Ticket {
    #[serde(skip)]
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
    #[serde(skip)]
    pub(crate) customer_id: Option<i64>,
    #[serde(skip)]
    pub(crate) assignee_user_id: Option<i64>,
    #[serde(skip)]
    pub(crate) assignee_team_id: Option<i64>,
    pub(crate) language: Option<String>,
    pub(crate) subject: Option<String>,
    pub(crate) summary: Option<Value>,
    pub(crate) meta: Option<Value>,
    #[serde(skip)]
    pub(crate) tag_ids: Vec<i64>,
    #[serde(skip)]
    pub(crate) custom_fields: Values,
    #[serde(skip)]
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
    /// The time from which lists show it.
    #[serde(skip)]
    pub(crate) visible: Timestamp,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Message {
    #[serde(skip)]
    pub(crate) id: i64,
    pub(crate) message_id: Option<String>,
    pub(crate) external_id: Option<String>,
    pub(crate) public: bool,
    pub(crate) channel: String,
    pub(crate) via: String,
    pub(crate) source: Value,
    #[serde(skip)]
    pub(crate) sender: Option<Party>,
    #[serde(skip)]
    pub(crate) receiver: Option<Party>,
    #[serde(default)]
    pub(crate) intents: Vec<Value>,
    #[serde(default, deserialize_with = "integer")]
    pub(crate) integration_id: Option<i64>,
    pub(crate) from_agent: bool,
    pub(crate) subject: Option<String>,
    pub(crate) body_text: Option<String>,
    pub(crate) body_html: Option<String>,
    pub(crate) stripped_text: Option<String>,
    pub(crate) stripped_html: Option<String>,
    pub(crate) stripped_signature: Option<String>,
    #[serde(default)]
    pub(crate) attachments: Vec<Attachment>,
    #[serde(default)]
    pub(crate) macros: Vec<Reference>,
    pub(crate) actions: Option<Value>,
    pub(crate) headers: Option<Value>,
    /// None if the service created it.
    pub(crate) imported: Option<bool>,
    pub(crate) meta: Option<Value>,
    pub(crate) created_datetime: Timestamp,
    pub(crate) processed_datetime: Timestamp,
    pub(crate) sent_datetime: Option<Timestamp>,
    pub(crate) failed_datetime: Option<Timestamp>,
    pub(crate) opened_datetime: Option<Timestamp>,
    pub(crate) last_sending_error: Option<Value>,
    /// The time from which the list of its ticket shows it.
    #[serde(skip)]
    pub(crate) visible: Timestamp,
}

/// Kept and shown in this order.
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

fn yes() -> bool {
    true
}

impl Message {
    /// Whether only agents see it.
    pub(super) fn is_note(&self) -> bool {
        !self.public || self.channel == "internal-note"
    }
}
