//! Request bodies that are JSON.

use std::fmt;

use bytes::Bytes;
use serde::Serialize;
use serde_json::Value;

use crate::validate::{Found, Rule, examine, repeated};

/// The body of a request: a value, or JSON text that goes out as it was
/// written.
///
/// A value converts into a body, and is checked against the document and
/// encoded when it is sent. Text from [`JsonBody::json`] is checked as well, must
/// not give a member twice, and is sent byte for byte.
///
/// `Debug` doesn't show the content.
#[derive(Clone)]
pub struct JsonBody<T>(Content<T>);

#[derive(Clone)]
enum Content<T> {
    Value(T),
    Text(Bytes),
}

impl<T> JsonBody<T> {
    /// Creates a body from JSON text.
    pub fn json(text: impl Into<Bytes>) -> Self {
        Self(Content::Text(text.into()))
    }
}

impl<T: Serialize> JsonBody<T> {
    /// Returns the bytes to send, and the violations in them.
    pub(super) fn encoded(
        &self,
        rule: Option<&'static Rule>,
    ) -> serde_json::Result<(Bytes, Found)> {
        let found = match (&self.0, rule) {
            (Content::Value(value), Some(rule)) => examine(rule, value),
            (Content::Value(_), None) => Found::default(),
            (Content::Text(text), rule) => examine_text(rule, text)?,
        };
        let bytes = match &self.0 {
            Content::Value(value) => serde_json::to_vec(value)?.into(),
            Content::Text(text) => text.clone(),
        };
        Ok((bytes, found))
    }
}

fn examine_text(rule: Option<&'static Rule>, text: &[u8]) -> serde_json::Result<Found> {
    let value: Value = serde_json::from_slice(text)?;
    let found = rule.map(|rule| examine(rule, &value));
    let mut found = found.unwrap_or_default();
    found.violations.splice(0..0, repeated(text));
    Ok(found)
}

impl<T> From<T> for JsonBody<T> {
    fn from(value: T) -> Self {
        Self(Content::Value(value))
    }
}

// A body may contain text of customers, so `Debug` doesn't show it.
impl<T> fmt::Debug for JsonBody<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JsonBody").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_checked_even_without_a_rule() {
        let encoded = |text: &'static str| JsonBody::<Value>::json(text).encoded(None);
        assert!(encoded("nonsense").is_err());
        let (bytes, found) = encoded("{\"a\": 1, \"a\": 2}").unwrap();
        assert_eq!(bytes, "{\"a\": 1, \"a\": 2}");
        assert_eq!(found.violations.len(), 1);
    }
}
