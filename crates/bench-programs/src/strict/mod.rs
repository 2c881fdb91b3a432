//! The types of the answers with serde's derive: the same fields, read
//! strictly, without unknown members. The lenient readers of `gorgias-api` are
//! compared with them.

mod parts;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use gorgias_api::types::{Channel, TicketPriority, TicketStatus, Via};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

pub use self::parts::*;

#[derive(Debug, Deserialize, Serialize)]
pub struct Ticket {
    pub assignee_team: Option<AssigneeTeam>,
    pub assignee_team_id: Option<i64>,
    pub assignee_user: Option<AssigneeUser>,
    pub assignee_user_id: Option<i64>,
    pub channel: Option<Channel>,
    pub closed_datetime: Option<DateTime<Utc>>,
    pub created_datetime: Option<DateTime<Utc>>,
    pub custom_fields: Option<BTreeMap<String, TicketCustomFieldValue>>,
    pub customer: Option<TicketCustomer>,
    #[serde(default)]
    pub events: Vec<TicketEvent>,
    pub external_id: Option<String>,
    pub from_agent: Option<bool>,
    pub id: i64,
    pub imported: Option<bool>,
    pub is_unread: Option<bool>,
    pub language: Option<String>,
    pub last_message_datetime: Option<DateTime<Utc>>,
    pub last_received_message_datetime: Option<DateTime<Utc>>,
    #[serde(default)]
    pub messages: Vec<TicketMessage>,
    pub meta: Option<Map<String, Value>>,
    pub opened_datetime: Option<DateTime<Utc>>,
    pub priority: Option<TicketPriority>,
    pub processed_datetime: Option<DateTime<Utc>>,
    pub reply_options: Option<BTreeMap<String, ReplyOption>>,
    pub requester: Option<TicketCustomer>,
    pub satisfaction_survey: Option<SatisfactionSurvey>,
    pub snooze_datetime: Option<DateTime<Utc>>,
    pub spam: Option<bool>,
    pub status: Option<TicketStatus>,
    pub subject: Option<String>,
    pub summary: Option<TicketSummary>,
    #[serde(default)]
    pub tags: Vec<TicketTag>,
    pub trashed_datetime: Option<DateTime<Utc>>,
    pub updated_datetime: Option<DateTime<Utc>>,
    pub uri: Option<String>,
    pub via: Option<Via>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct TicketList {
    #[serde(default)]
    pub data: Vec<TicketCompact>,
    pub meta: Option<TicketListMeta>,
    pub object: Option<String>,
    pub uri: Option<String>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct TicketListMeta {
    pub next_cursor: Option<String>,
    pub prev_cursor: Option<String>,
    pub total_resources: Option<i64>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct TicketCompact {
    pub assignee_team: Option<AssigneeTeam>,
    pub assignee_user: Option<AssigneeUser>,
    pub channel: Option<Channel>,
    pub closed_datetime: Option<DateTime<Utc>>,
    pub created_datetime: Option<DateTime<Utc>>,
    pub custom_fields: Option<BTreeMap<String, TicketCustomFieldValue>>,
    pub customer: Option<CustomerSummary>,
    pub excerpt: Option<String>,
    pub external_id: Option<String>,
    pub from_agent: Option<bool>,
    pub id: i64,
    #[serde(default)]
    pub integrations: Vec<TicketIntegration>,
    pub is_unread: Option<bool>,
    pub language: Option<String>,
    pub last_message_datetime: Option<DateTime<Utc>>,
    pub last_received_message_datetime: Option<DateTime<Utc>>,
    pub last_sent_message_not_delivered: Option<bool>,
    pub messages_count: Option<i64>,
    pub meta: Option<Map<String, Value>>,
    pub opened_datetime: Option<DateTime<Utc>>,
    pub priority: Option<TicketPriority>,
    pub snooze_datetime: Option<DateTime<Utc>>,
    pub spam: Option<bool>,
    pub status: Option<TicketStatus>,
    pub subject: Option<String>,
    pub summary: Option<TicketSummary>,
    #[serde(default)]
    pub tags: Vec<TicketTag>,
    pub trashed_datetime: Option<DateTime<Utc>>,
    pub updated_datetime: Option<DateTime<Utc>>,
    pub uri: Option<String>,
    pub via: Option<Via>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct TicketMessage {
    pub actions: Option<Vec<Value>>,
    pub attachments: Option<Vec<MessageAttachment>>,
    pub auth_customer_identity: Option<AuthCustomerIdentity>,
    pub body_html: Option<String>,
    pub body_text: Option<String>,
    pub channel: Option<Channel>,
    pub created_datetime: Option<DateTime<Utc>>,
    pub deleted_datetime: Option<DateTime<Utc>>,
    pub external_id: Option<String>,
    pub failed_datetime: Option<DateTime<Utc>>,
    pub from_agent: Option<bool>,
    pub headers: Option<Map<String, Value>>,
    pub id: i64,
    pub imported: Option<bool>,
    pub integration_id: Option<i64>,
    #[serde(default)]
    pub intents: Vec<MessageIntent>,
    pub is_retriable: Option<bool>,
    pub last_sending_error: Option<SendingError>,
    pub macros: Option<Vec<MessageMacro>>,
    pub message_id: Option<String>,
    pub meta: Option<Map<String, Value>>,
    pub opened_datetime: Option<DateTime<Utc>>,
    pub processed_datetime: Option<DateTime<Utc>>,
    pub public: Option<bool>,
    pub receiver: Option<Participant>,
    pub replied_by: Option<Map<String, Value>>,
    pub replied_to: Option<Map<String, Value>>,
    pub rule_id: Option<i64>,
    pub sender: Option<Participant>,
    pub sent_datetime: Option<DateTime<Utc>>,
    pub source: Option<MessageSource>,
    pub stripped_html: Option<String>,
    pub stripped_signature: Option<String>,
    pub stripped_text: Option<String>,
    pub subject: Option<String>,
    pub ticket_id: Option<i64>,
    pub uri: Option<String>,
    pub via: Option<Via>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct TicketCustomer {
    #[serde(default)]
    pub channels: Vec<CustomerChannel>,
    pub customer: Option<Value>,
    pub data: Option<Value>,
    pub ecommerce_data: Option<Map<String, Value>>,
    pub email: Option<String>,
    pub external_data: Option<Map<String, Value>>,
    pub external_id: Option<String>,
    pub firstname: Option<String>,
    pub id: Option<i64>,
    pub integrations: Option<Map<String, Value>>,
    pub lastname: Option<String>,
    pub meta: Option<Map<String, Value>>,
    pub name: Option<String>,
    pub note: Option<String>,
}
