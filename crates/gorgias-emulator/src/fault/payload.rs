//! Faults that change the JSON of a success.

use serde_json::{Map, Value, json};

use crate::http::answer::Answer;

/// One such fault; the catalogue describes each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Drift {
    NaiveDatetimes,
    MixedDatetimes,
    UnknownValues,
    UnknownFields,
    OnlyId,
    NoId,
    Nulls,
    NullArrays,
    NumbersAsStrings,
    StringsAsNumbers,
    FloatIds,
    LargeIntegers,
    HugeIntegers,
    HugeId,
    DuplicateKeys,
    DeepMeta,
    LongExternalId,
    OtherShapes,
    OddText,
    LoneSurrogate,
    LargeText,
}

/// A placeholder for JSON that a [`Value`] can't hold. It is replaced in the
/// encoded bytes.
const RAW: &str = "raw-json-goes-here";

impl Drift {
    pub(super) fn apply(self, answer: &mut Answer) {
        edit(answer, |ticket| {
            if let Some(ticket) = ticket.as_object_mut() {
                self.change(ticket);
            }
        });
        match self {
            Self::HugeIntegers | Self::HugeId => {
                replace(answer, &format!("\"{RAW}\""), "9".repeat(400).as_bytes());
            }
            Self::DuplicateKeys => {
                replace(answer, &format!("\"{RAW}\":0"), b"\"status\":\"closed\"");
            }
            Self::LoneSurrogate => replace(answer, RAW, b"\\ud83d"),
            _ => {}
        }
    }

    fn change(self, ticket: &mut Map<String, Value>) {
        let mut set = |key: &str, value: Value| {
            ticket.insert(key.to_owned(), value);
        };
        match self {
            Self::NaiveDatetimes => each_datetime(ticket, &|text| text.replace("+00:00", "")),
            Self::MixedDatetimes => mixed_datetimes(ticket),
            Self::UnknownValues => {
                set("status", json!("pending"));
                set("priority", json!("urgent"));
                set("via", json!("carrier-pigeon"));
                set("channel", json!("carrier-pigeon"));
            }
            Self::UnknownFields => {
                set("mood", json!({"score": 0.5, "words": ["late", null]}));
                for inner in ["messages", "customer"] {
                    let inner = ticket.get_mut(inner).map(|inner| match inner {
                        Value::Array(items) => items.first_mut(),
                        other => Some(other),
                    });
                    if let Some(Some(Value::Object(inner))) = inner {
                        inner.insert("mood".to_owned(), json!("calm"));
                    }
                }
            }
            Self::OnlyId => ticket.retain(|key, _| key == "id"),
            Self::NoId => {
                ticket.shift_remove("id");
            }
            Self::Nulls => {
                for value in ticket.values_mut() {
                    if value.is_object() || value.is_string() {
                        *value = Value::Null;
                    }
                }
            }
            Self::NullArrays => each(ticket, &|_, value| {
                if value.is_array() {
                    *value = Value::Null;
                }
            }),
            Self::NumbersAsStrings => each(ticket, &|_, value| {
                if let Value::Number(number) = value {
                    *value = json!(number.to_string());
                }
            }),
            Self::StringsAsNumbers => {
                set("external_id", json!(123));
                set("subject", json!(1234.5));
            }
            Self::FloatIds => each(ticket, &|key, value| {
                if key == "id"
                    && let Some(id) = value.as_f64()
                {
                    *value = json!(id);
                }
            }),
            Self::LargeIntegers => {
                set("assignee_user_id", json!(9_007_199_254_740_993_i64));
                set("assignee_team_id", json!(i64::MAX));
            }
            Self::HugeIntegers => {
                set("assignee_user_id", json!(u64::MAX));
                set("assignee_team_id", json!(RAW));
            }
            Self::HugeId => set("id", json!(RAW)),
            Self::DuplicateKeys => set(RAW, json!(0)),
            Self::DeepMeta => {
                let deep = (0..200).fold(json!(1), |inner, _| json!({ "deeper": inner }));
                set("meta", deep);
            }
            Self::LongExternalId => set("external_id", json!("x".repeat(256))),
            Self::OtherShapes => {
                set("custom_fields", json!({"12": {"id": 12, "value": "a::b"}}));
                let tags = json!([
                    {"id": 1, "name": "empty", "decoration": {}},
                    {"id": 2, "name": "null", "decoration": null}
                ]);
                set("tags", tags);
                set("from_agent", Value::Null);
            }
            Self::OddText => set(
                "subject",
                json!("\u{1f4e6}\u{0} \u{202e}\u{5e9}\u{5dc}\u{5d5}"),
            ),
            Self::LoneSurrogate => set("subject", json!(RAW)),
            Self::LargeText => set("subject", json!("x".repeat(1024 * 1024))),
        }
    }
}

/// Edits the ticket of an answer, or every ticket of a list.
pub(super) fn edit(answer: &mut Answer, change: impl Fn(&mut Value)) {
    let Ok(mut body) = serde_json::from_slice::<Value>(&answer.body) else {
        return;
    };
    match body.get_mut("data").and_then(Value::as_array_mut) {
        Some(tickets) => tickets.iter_mut().for_each(change),
        None => change(&mut body),
    }
    answer.body = body.to_string().into();
}

/// Replaces text of the body by bytes that need not be JSON.
pub(super) fn replace(answer: &mut Answer, text: &str, by: &[u8]) {
    let mut out = Vec::with_capacity(answer.body.len());
    let mut rest = String::from_utf8_lossy(&answer.body).into_owned();
    while let Some((before, after)) = rest.split_once(text) {
        out.extend_from_slice(before.as_bytes());
        out.extend_from_slice(by);
        rest = after.to_owned();
    }
    out.extend_from_slice(rest.as_bytes());
    answer.body = out.into();
}

/// Visits every member of every object, at any depth, the inner ones first.
fn each(object: &mut Map<String, Value>, visit: &dyn Fn(&str, &mut Value)) {
    fn inside(value: &mut Value, visit: &dyn Fn(&str, &mut Value)) {
        match value {
            Value::Object(object) => each(object, visit),
            Value::Array(items) => items.iter_mut().for_each(|item| inside(item, visit)),
            _ => {}
        }
    }
    for (key, value) in object {
        inside(value, visit);
        visit(key, value);
    }
}

fn each_datetime(ticket: &mut Map<String, Value>, change: &dyn Fn(&str) -> String) {
    each(ticket, &|key, value| {
        if key.ends_with("_datetime")
            && let Some(text) = value.as_str()
        {
            *value = json!(change(text));
        }
    });
}

fn mixed_datetimes(ticket: &mut Map<String, Value>) {
    let without_fraction = |text: &str| text.get(..19).unwrap_or(text).to_owned();
    for (key, change) in [
        (
            "created_datetime",
            &(|text: &str| text.replace("+00:00", "Z")) as &dyn Fn(&str) -> String,
        ),
        ("updated_datetime", &|text| {
            without_fraction(text) + "+00:00"
        }),
        ("last_message_datetime", &|text| text.replace('T', " ")),
        ("last_received_message_datetime", &|_| {
            // One of the vendor's samples has this datetime.
            "2020-07-1300:00:00-05:00".to_owned()
        }),
    ] {
        if let Some(Value::String(text)) = ticket.get_mut(key) {
            *text = change(text);
        }
    }
}
