//! Reads members of bodies. A body was checked against the document before, so little is
//! checked here.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Error, Value};

use super::collection::Resource;

/// A reference to another resource.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
pub(crate) struct Reference {
    #[serde(default, deserialize_with = "integer")]
    pub(crate) id: Option<i64>,
}

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

impl NewChannel {
    pub(super) fn new(kind: &str, address: &str) -> Self {
        Self {
            kind: kind.to_owned(),
            address: address.to_owned(),
            preferred: None,
        }
    }
}

/// Returns the default of a member that is true if it is missing.
pub(super) fn yes() -> bool {
    true
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

/// Reads a member of a body. Null counts as absent.
pub(super) fn read<T: DeserializeOwned>(body: &Resource, member: &str) -> Result<Option<T>, Error> {
    body.get(member).map_or(Ok(None), Option::deserialize)
}

/// Reads a value into a member.
pub(super) fn set<T: DeserializeOwned>(target: &mut T, value: &Value) -> Result<(), Error> {
    *target = T::deserialize(value)?;
    Ok(())
}

/// Returns a member of a body. Returns `None` when it is absent or can't be
/// read.
pub(super) fn given<T: DeserializeOwned>(body: &Resource, member: &str) -> Option<T> {
    T::deserialize(body.get(member)?).ok()
}

/// Sets a value from a member, if the body has it. Null clears an optional
/// value.
pub(super) fn set_if_given<T: DeserializeOwned>(target: &mut T, body: &Resource, member: &str) {
    if let Some(value) = given(body, member) {
        *target = value;
    }
}
