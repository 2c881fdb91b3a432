//! A ticket, as the API takes it.

use serde::Serialize;
use serde_json::{Map, Value};

#[derive(Clone, Serialize)]
pub(crate) struct Ticket {
    pub(crate) external_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) subject: Option<String>,
    pub(crate) status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) priority: Option<&'static str>,
    pub(crate) channel: String,
    pub(crate) via: &'static str,
    pub(crate) from_agent: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) created_datetime: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) updated_datetime: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) closed_datetime: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) language: Option<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) spam: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) customer: Option<Customer>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) assignee_user: Option<Id>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) assignee_team: Option<Id>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) tags: Vec<Tag>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) custom_fields: Vec<CustomField>,
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub(crate) meta: Map<String, Value>,
}

#[derive(Clone, Serialize)]
pub(crate) struct Customer {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) name: Option<String>,
}

#[derive(Clone, Copy, Serialize)]
pub(crate) struct Id {
    pub(crate) id: i64,
}

#[derive(Clone, Serialize)]
pub(crate) struct Tag {
    pub(crate) name: String,
}

#[derive(Clone, Serialize)]
pub(crate) struct CustomField {
    pub(crate) id: i64,
    pub(crate) value: Value,
}

impl Ticket {
    /// The line of this ticket, with messages that are JSON already.
    pub(crate) fn line(&self, messages: &[Vec<u8>]) -> serde_json::Result<Vec<u8>> {
        let mut line = serde_json::to_vec(self)?;
        // The closing brace.
        line.pop();
        line.extend_from_slice(b",\"messages\":[");
        for (index, message) in messages.iter().enumerate() {
            if index > 0 {
                line.push(b',');
            }
            line.extend_from_slice(message);
        }
        line.extend_from_slice(b"]}");
        Ok(line)
    }
}
