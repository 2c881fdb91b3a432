//! A message, as the API takes it.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::person::Participant;

pub(crate) const NOTE: &str = "internal-note";

#[derive(Clone, Serialize)]
pub(crate) struct Message {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) external_id: Option<String>,
    pub(crate) channel: String,
    pub(crate) via: &'static str,
    pub(crate) from_agent: bool,
    pub(crate) public: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) sender: Option<Participant>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) receiver: Option<Participant>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) source: Option<Source>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) body_text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) body_html: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) message_id: Option<String>,
    pub(crate) created_datetime: String,
    /// Always there: without it, what an agent wrote would be sent.
    pub(crate) sent_datetime: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) attachments: Vec<File>,
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub(crate) meta: Map<String, Value>,
}

/// The addresses of an e-mail, without which the service refuses it.
#[derive(Clone, Serialize)]
pub(crate) struct Source {
    #[serde(rename = "type")]
    pub(crate) kind: &'static str,
    pub(crate) from: Address,
    pub(crate) to: [Address; 1],
}

#[derive(Clone, Serialize)]
pub(crate) struct Address {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) name: Option<String>,
    pub(crate) address: String,
}

#[derive(Clone, Serialize)]
pub(crate) struct File {
    pub(crate) url: String,
    pub(crate) name: String,
    pub(crate) content_type: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) size: Option<i64>,
}

impl Message {
    /// One that the customer may see.
    pub(crate) fn public(from_agent: bool, channel: String, at: DateTime<Utc>) -> Self {
        Self {
            external_id: None,
            channel,
            via: "api",
            from_agent,
            public: true,
            sender: None,
            receiver: None,
            source: None,
            body_text: None,
            body_html: None,
            message_id: None,
            created_datetime: time(at),
            sent_datetime: time(at),
            attachments: Vec::new(),
            meta: Map::new(),
        }
    }

    /// One among agents.
    pub(crate) fn note(at: DateTime<Utc>) -> Self {
        Self {
            public: false,
            ..Self::public(true, NOTE.to_owned(), at)
        }
    }

    /// The same with a note of the source's in its `meta`.
    pub(crate) fn remember(&mut self, prefix: &str, name: &str, value: Value) {
        let inside = self.meta.entry(prefix).or_insert_with(|| json!({}));
        if let Value::Object(inside) = inside {
            inside.insert(name.to_owned(), value);
        }
    }
}

pub(crate) fn time(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}
