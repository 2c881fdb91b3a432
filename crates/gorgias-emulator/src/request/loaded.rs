//! The members of a loaded ticket that a request can't have, because only the
//! service sets them.

use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::person::NewPerson;
use crate::timestamp::Timestamp;

/// A member that may be absent, null, or have a value.
type Given<T> = Option<Option<T>>;

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Loaded {
    pub(crate) id: i64,
    pub(crate) is_unread: Option<bool>,
    #[serde(default, deserialize_with = "given")]
    pub(crate) imported: Given<bool>,
    pub(crate) summary: Option<Value>,
    pub(crate) processed_datetime: Option<Timestamp>,
    #[serde(default, deserialize_with = "given")]
    pub(crate) last_received_message_datetime: Given<Timestamp>,
    #[serde(default, deserialize_with = "given")]
    pub(crate) last_message_datetime: Given<Timestamp>,
    #[serde(default)]
    pub(crate) tags: Vec<LoadedTag>,
    /// The assignee. A request can only give the id.
    pub(crate) assignee_user: Option<NewPerson>,
    #[serde(default)]
    pub(crate) messages: Vec<LoadedMessage>,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct LoadedTag {
    pub(crate) id: Option<i64>,
    pub(crate) name: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct LoadedMessage {
    pub(crate) id: Option<i64>,
    #[serde(default)]
    pub(crate) intents: Vec<Value>,
    #[serde(default, deserialize_with = "given")]
    pub(crate) imported: Given<bool>,
    pub(crate) processed_datetime: Option<Timestamp>,
    #[serde(default, deserialize_with = "given")]
    pub(crate) sent_datetime: Given<Timestamp>,
}

/// Reads a member that is present. Serde doesn't call it for an absent one.
fn given<'de, T, D>(deserializer: D) -> Result<Given<T>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    Option::deserialize(deserializer).map(Some)
}
