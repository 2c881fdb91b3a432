//! The types within a ticket.

use chrono::{DateTime, Utc};
use gorgias_api::types::{IntegrationType, SourceType};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

#[derive(Debug, Deserialize, Serialize)]
pub struct AssigneeTeam {
    pub decoration: Option<TeamDecoration>,
    pub id: Option<i64>,
    pub name: Option<String>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct AssigneeUser {
    pub bio: Option<String>,
    pub email: Option<String>,
    pub firstname: Option<String>,
    pub id: Option<i64>,
    pub lastname: Option<String>,
    pub meta: Option<Map<String, Value>>,
    pub name: Option<String>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct TicketCustomFieldValue {
    pub field: Option<Value>,
    pub id: Option<i64>,
    pub prediction: Option<Value>,
    pub value: Option<Value>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct TicketEvent {
    pub created_datetime: Option<DateTime<Utc>>,
    pub data: Option<Value>,
    pub id: i64,
    #[serde(rename = "type")]
    pub type_: Option<String>,
    pub user: Option<TicketEventUser>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct ReplyOption {
    pub answerable: Option<bool>,
    pub integrations: Option<Vec<ReplyIntegration>>,
    pub reason: Option<String>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct SatisfactionSurvey {
    pub body_text: Option<String>,
    pub created_datetime: Option<DateTime<Utc>>,
    pub customer_id: Option<i64>,
    pub id: Option<i64>,
    pub meta: Option<Map<String, Value>>,
    pub score: Option<i64>,
    pub scored_datetime: Option<DateTime<Utc>>,
    pub sent_datetime: Option<DateTime<Utc>>,
    pub should_send_datetime: Option<DateTime<Utc>>,
    pub ticket_id: Option<i64>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct TicketSummary {
    pub content: Option<String>,
    pub created_datetime: Option<DateTime<Utc>>,
    pub triggered_by: Option<i64>,
    pub updated_datetime: Option<DateTime<Utc>>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct TicketTag {
    pub decoration: Option<TagDecoration>,
    pub id: i64,
    pub name: Option<String>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct TeamDecoration {
    pub emoji: Option<TeamEmoji>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct CustomerChannel {
    pub address: Option<String>,
    pub created_datetime: Option<DateTime<Utc>>,
    pub customer: Option<CustomerReference>,
    pub deleted_datetime: Option<DateTime<Utc>>,
    pub id: Option<i64>,
    pub preferred: Option<bool>,
    #[serde(rename = "type")]
    pub type_: Option<String>,
    pub updated_datetime: Option<DateTime<Utc>>,
    pub user: Option<CustomerReference>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct TicketEventUser {
    pub email: Option<String>,
    pub firstname: Option<String>,
    pub id: Option<i64>,
    pub lastname: Option<String>,
    pub name: Option<String>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct MessageAttachment {
    pub content_type: Option<String>,
    pub extra: Option<Value>,
    pub name: Option<String>,
    pub public: Option<bool>,
    pub size: Option<i64>,
    pub url: Option<String>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct AuthCustomerIdentity {
    pub identifier: Option<String>,
    pub service: Option<AuthService>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct MessageIntent {
    pub is_user_feedback: Option<bool>,
    pub name: Option<String>,
    pub rejected: Option<bool>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct SendingError {
    pub error: Option<String>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct MessageMacro {
    pub id: Option<i64>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct Participant {
    pub email: Option<String>,
    pub firstname: Option<String>,
    pub id: Option<i64>,
    pub lastname: Option<String>,
    pub meta: Option<Map<String, Value>>,
    pub name: Option<String>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct MessageSource {
    pub bcc: Option<Vec<SourceAddress>>,
    pub cc: Option<Vec<SourceAddress>>,
    pub extra: Option<Value>,
    pub from: Option<SourceAddress>,
    pub to: Option<Vec<SourceAddress>>,
    #[serde(rename = "type")]
    pub type_: Option<SourceType>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct ReplyIntegration {
    pub address: Option<String>,
    pub id: Option<i64>,
    pub name: Option<String>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct TagDecoration {
    pub color: Option<String>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct CustomerSummary {
    pub email: Option<String>,
    pub firstname: Option<String>,
    pub id: Option<i64>,
    pub lastname: Option<String>,
    pub meta: Option<Map<String, Value>>,
    pub name: Option<String>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct TicketIntegration {
    pub address: Option<String>,
    pub name: Option<String>,
    #[serde(rename = "type")]
    pub type_: Option<IntegrationType>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct TeamEmoji {
    pub colons: Option<String>,
    pub emoticons: Option<Vec<String>>,
    pub id: Option<String>,
    pub name: Option<String>,
    pub native: Option<String>,
    pub skin: Option<i64>,
    pub unified: Option<String>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct CustomerReference {
    pub id: Option<i64>,
    pub name: Option<String>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct AuthService {
    pub id: Option<i64>,
    pub name: Option<String>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct SourceAddress {
    pub address: Option<String>,
    pub name: Option<String>,
}
