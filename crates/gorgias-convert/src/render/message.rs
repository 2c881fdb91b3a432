//! A message, as the API takes it.

use chrono::{DateTime, Datelike as _, SecondsFormat, Timelike as _, Utc};
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
        let at = time(at);
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
            created_datetime: at.clone(),
            sent_datetime: at,
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
    if at.timestamp_subsec_nanos() > 0 || !(0..=9999).contains(&at.year()) {
        return at.to_rfc3339_opts(SecondsFormat::AutoSi, true);
    }
    // Most times are whole seconds, and each message has two.
    let digits = |number: u32, place: u32| {
        let digit = number.checked_div(place).unwrap_or_default() % 10;
        char::from(b'0'.saturating_add(u8::try_from(digit).unwrap_or_default()))
    };
    let mut text = String::with_capacity("2024-05-06T07:08:09Z".len());
    let year = at.year().unsigned_abs();
    text.extend([1000, 100, 10, 1].map(|place| digits(year, place)));
    for (sign, number) in [
        ('-', at.month()),
        ('-', at.day()),
        ('T', at.hour()),
        (':', at.minute()),
        (':', at.second()),
    ] {
        text.push(sign);
        text.extend([10, 1].map(|place| digits(number, place)));
    }
    text.push('Z');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_as_chrono_does() {
        for text in [
            "2024-05-06T07:08:09Z",
            "0001-01-01T00:00:00Z",
            "9999-12-31T23:59:59Z",
            "1970-10-20T10:20:30.5Z",
            "2024-05-06T07:08:09.123456Z",
        ] {
            let at = DateTime::parse_from_rfc3339(text).unwrap().to_utc();
            assert_eq!(time(at), at.to_rfc3339_opts(SecondsFormat::AutoSi, true));
        }
    }
}
