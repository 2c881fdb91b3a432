//! Tickets and messages in the body of a request, with the keys that the
//! emulator uses.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::loaded::{Loaded, LoadedMessage};
use super::person::{NewPerson, integer};
use crate::timestamp::Timestamp;

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct NewTicket {
    /// Set for a ticket that is loaded, never read from a request.
    #[serde(skip)]
    pub(crate) loaded: Option<Loaded>,
    pub(crate) assignee_team: Option<Reference>,
    pub(crate) assignee_user: Option<Reference>,
    pub(crate) channel: Option<String>,
    pub(crate) closed_datetime: Option<Timestamp>,
    pub(crate) created_datetime: Option<Timestamp>,
    pub(crate) custom_fields: Option<Vec<NewCustomField>>,
    pub(crate) customer: Option<NewPerson>,
    pub(crate) external_id: Option<String>,
    pub(crate) from_agent: Option<bool>,
    pub(crate) imported: Option<bool>,
    pub(crate) language: Option<String>,
    pub(crate) last_message_datetime: Option<Timestamp>,
    pub(crate) last_received_message_datetime: Option<Timestamp>,
    pub(crate) messages: Vec<NewMessage>,
    pub(crate) meta: Option<Value>,
    pub(crate) opened_datetime: Option<Timestamp>,
    pub(crate) priority: Option<String>,
    pub(crate) snooze_datetime: Option<Timestamp>,
    pub(crate) spam: Option<bool>,
    pub(crate) status: Option<String>,
    pub(crate) subject: Option<String>,
    pub(crate) tags: Option<Vec<NewTag>>,
    pub(crate) trashed_datetime: Option<Timestamp>,
    pub(crate) updated_datetime: Option<Timestamp>,
    pub(crate) via: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct NewMessage {
    /// Set for a message that is loaded, never read from a request.
    #[serde(skip)]
    pub(crate) loaded: Option<LoadedMessage>,
    pub(crate) actions: Option<Value>,
    pub(crate) attachments: Option<Vec<Attachment>>,
    pub(crate) body_html: Option<String>,
    pub(crate) body_text: Option<String>,
    pub(crate) channel: String,
    pub(crate) created_datetime: Option<Timestamp>,
    pub(crate) external_id: Option<String>,
    pub(crate) failed_datetime: Option<Timestamp>,
    pub(crate) from_agent: bool,
    pub(crate) headers: Option<Value>,
    pub(crate) imported: Option<bool>,
    #[serde(default, deserialize_with = "integer")]
    pub(crate) integration_id: Option<i64>,
    pub(crate) last_sending_error: Option<Value>,
    pub(crate) macros: Option<Vec<Reference>>,
    pub(crate) message_id: Option<String>,
    pub(crate) meta: Option<Value>,
    pub(crate) opened_datetime: Option<Timestamp>,
    pub(crate) public: Option<bool>,
    pub(crate) receiver: Option<NewPerson>,
    pub(crate) sender: Option<NewPerson>,
    pub(crate) sent_datetime: Option<Timestamp>,
    pub(crate) source: Option<Value>,
    pub(crate) stripped_html: Option<String>,
    pub(crate) stripped_signature: Option<String>,
    pub(crate) stripped_text: Option<String>,
    pub(crate) subject: Option<String>,
    pub(crate) via: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Reference {
    #[serde(default, deserialize_with = "integer")]
    pub(crate) id: Option<i64>,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct NewCustomField {
    #[serde(deserialize_with = "integer")]
    pub(crate) id: Option<i64>,
    pub(crate) value: Value,
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

#[derive(Clone, Debug, Deserialize)]
#[serde(untagged, expecting = "A tag must have a name.")]
pub(crate) enum NewTag {
    Name(String),
    Tag {
        name: String,
        decoration: Option<Value>,
    },
}

impl NewTag {
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Name(name) | Self::Tag { name, .. } => name,
        }
    }
}
