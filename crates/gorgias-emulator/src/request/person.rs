//! A person in the body of a request.

use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// A customer or an agent, by id or e-mail address, with the members to update.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct NewPerson {
    #[serde(default, deserialize_with = "integer")]
    pub(crate) id: Option<i64>,
    pub(crate) email: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) external_id: Option<String>,
    pub(crate) note: Option<String>,
    pub(crate) meta: Option<Value>,
    pub(crate) channels: Option<Vec<NewChannel>>,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct NewChannel {
    #[serde(rename = "type")]
    pub(crate) kind: String,
    pub(crate) address: String,
    pub(crate) preferred: Option<bool>,
}

/// Reads an integer. JSON Schema accepts `1.0` as one, so this does too.
pub(crate) fn integer<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i64>, D::Error> {
    let number = Option::<serde_json::Number>::deserialize(deserializer)?;
    Ok(number.and_then(|number| {
        number
            .as_i64()
            .or_else(|| number.as_f64().map(|float| float as i64))
    }))
}
