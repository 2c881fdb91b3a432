//! Taking the members out of an object, one by one, so that what is left is
//! what nobody took.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

use crate::time::TimeFormat;

#[derive(Default)]
pub(super) struct Members(pub(super) Map<String, Value>);

impl Members {
    pub(super) fn of(value: Value) -> Option<Self> {
        match value {
            Value::Object(members) => Some(Self(members)),
            _ => None,
        }
    }

    fn take(&mut self, name: &str, fits: impl Fn(&Value) -> bool) -> Option<Value> {
        self.0.get(name).filter(|value| fits(value))?;
        self.0.remove(name)
    }

    /// A text that isn't empty. Numbers are texts too.
    pub(super) fn text(&mut self, name: &str) -> Option<String> {
        let value = self.take(name, |value| value.is_string() || value.is_number())?;
        let text = match value {
            Value::String(text) => text,
            value => value.to_string(),
        };
        (!text.is_empty()).then_some(text)
    }

    /// An id, which some exports write as a text.
    pub(super) fn id(&mut self, name: &str) -> Option<String> {
        let text = self.text(name)?;
        let text = text.trim();
        (!text.is_empty() && text != "0").then(|| text.to_owned())
    }

    pub(super) fn time(&mut self, name: &str) -> Option<DateTime<Utc>> {
        let at = TimeFormat::default().read(self.0.get(name)?)?;
        self.0.remove(name);
        Some(at)
    }

    pub(super) fn flag(&mut self, name: &str) -> Option<bool> {
        let flag = match self.0.get(name)? {
            Value::Bool(flag) => *flag,
            Value::String(text) if text == "true" => true,
            Value::String(text) if text == "false" => false,
            Value::Number(number) if number.as_i64() == Some(1) => true,
            Value::Number(number) if number.as_i64() == Some(0) => false,
            _ => return None,
        };
        self.0.remove(name);
        Some(flag)
    }

    pub(super) fn list(&mut self, name: &str) -> Vec<Value> {
        match self.take(name, Value::is_array) {
            Some(Value::Array(items)) => items,
            _ => Vec::new(),
        }
    }

    pub(super) fn object(&mut self, name: &str) -> Option<Self> {
        self.take(name, Value::is_object).and_then(Self::of)
    }

    pub(super) fn value(&mut self, name: &str) -> Option<Value> {
        self.take(name, |value| !is_empty(value))
    }

    pub(super) fn forget(&mut self, names: &[&str]) {
        for name in names {
            self.0.remove(*name);
        }
    }

    /// The names of the members that say something and were not taken.
    pub(super) fn rest(&self) -> impl Iterator<Item = &str> {
        let members = self.0.iter();
        members
            .filter(|(_, value)| !is_empty(value))
            .map(|(name, _)| name.as_str())
    }
}

/// Whether a value says nothing.
pub(super) fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Bool(flag) => !flag,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.values().all(is_empty),
        Value::Number(_) => false,
    }
}
