//! Reads members of bodies. The document has accepted a body before, so little
//! is checked here.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::{Error, Value};

use super::collection::Resource;

/// Another resource, by its id.
#[derive(Clone, Copy, Debug, Deserialize)]
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

/// Reads an integer. JSON Schema accepts `1.0` as one, so this does too.
pub(crate) fn integer<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i64>, D::Error> {
    let number = Option::<serde_json::Number>::deserialize(deserializer)?;
    Ok(number.and_then(|number| {
        number
            .as_i64()
            .or_else(|| number.as_f64().map(|float| float as i64))
    }))
}

/// Reads members of a body, with defaults for those that it doesn't have.
pub(super) fn with_defaults<T: DeserializeOwned>(
    mut defaults: Value,
    body: Resource,
) -> Result<T, Error> {
    if let Some(defaults) = defaults.as_object_mut() {
        defaults.extend(body);
    }
    serde_json::from_value(defaults)
}

/// Takes a member out of a body. Null counts as absent.
pub(super) fn take<T: DeserializeOwned>(
    body: &mut Resource,
    member: &str,
) -> Result<Option<T>, Error> {
    let value = body.swap_remove(member);
    value.map_or(Ok(None), serde_json::from_value)
}

/// Returns a member of a body. Returns `None` when it is absent or can't be
/// read.
pub(super) fn given<T: DeserializeOwned>(body: &Resource, member: &str) -> Option<T> {
    serde_json::from_value(body.get(member)?.clone()).ok()
}

/// Sets a value from a member, if the body has it. Null clears an optional
/// value.
pub(super) fn take_over<T: DeserializeOwned>(target: &mut T, body: &Resource, member: &str) {
    if let Some(value) = given(body, member) {
        *target = value;
    }
}
