//! Faults of lists: lists that can't be read, or show other items than asked
//! for.

use ::http::Request;
use bytes::Bytes;
use serde_json::{Map, Value, json};

use crate::http::answer::Answer;
use crate::http::cursor::FIRST_PAGE;
use crate::http::query;
use crate::strictness::ExternalIdMatch;

/// One such fault; the catalogue describes each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Listing {
    DataNull,
    DataMissing,
    DataText,
    DataObject,
    Bare,
    ItemNull,
    IdNull,
    IdText,
    ExternalIdMissing,
    ExternalIdNull,
    ExternalIdObject,
    ExternalIdNumber,
    EmptyFirst,
    OtherFirst,
    RepeatedCursor,
    /// The list is whole, but its filter compares in another way.
    Matching(ExternalIdMatch),
}

impl Listing {
    /// Returns how the filter by external id compares, if the fault changes
    /// that.
    pub(super) fn matching(self) -> Option<ExternalIdMatch> {
        match self {
            Self::Matching(matching) => Some(matching),
            _ => None,
        }
    }

    pub(super) fn apply(self, answer: &mut Answer, request: &Request<Bytes>) {
        let Ok(Value::Object(mut list)) = serde_json::from_slice(&answer.body) else {
            return;
        };
        let pairs = query::parse(request.uri().query().unwrap_or_default());
        let asked = |name: &str| pairs.iter().find(|(key, _)| key == name);
        let external_id = asked("external_id").map(|(_, value)| value.as_str());
        let is_first = asked("cursor").is_none();
        let mut set = |key: &str, value: Value| {
            list.insert(key.to_owned(), value);
        };
        match self {
            Self::Matching(_) => return,
            Self::DataNull => set("data", Value::Null),
            Self::DataText => set("data", json!("none")),
            Self::DataObject => set("data", json!({})),
            Self::DataMissing => {
                list.shift_remove("data");
            }
            Self::Bare => {
                let items = list.shift_remove("data").unwrap_or_default();
                answer.body = items.to_string().into();
                return;
            }
            Self::RepeatedCursor => only(&mut list, json!([])),
            Self::EmptyFirst | Self::OtherFirst if !is_first => return,
            Self::EmptyFirst => only(&mut list, json!([])),
            Self::OtherFirst => {
                let other = format!("{}-of-another", external_id.unwrap_or("ticket"));
                only(&mut list, json!([item(Some(&other))]));
            }
            _ => {
                let items = list.entry("data").or_insert_with(|| json!([]));
                if let Value::Array(items) = items {
                    // A made-up item that can be read would be a ticket that
                    // doesn't exist.
                    if items.is_empty() && self != Self::ExternalIdNumber {
                        items.push(item(external_id));
                    }
                    items.iter_mut().for_each(|item| self.change(item));
                }
            }
        }
        answer.body = Value::Object(list).to_string().into();
    }

    /// Changes an item.
    fn change(self, item: &mut Value) {
        if self == Self::ItemNull {
            *item = Value::Null;
        }
        let Some(item) = item.as_object_mut() else {
            return;
        };
        let mut set = |key: &str, value: Value| {
            item.insert(key.to_owned(), value);
        };
        match self {
            Self::IdNull => set("id", Value::Null),
            Self::IdText => set("id", json!("none")),
            Self::ExternalIdNull => set("external_id", Value::Null),
            Self::ExternalIdObject => set("external_id", json!({})),
            Self::ExternalIdMissing => {
                item.shift_remove("external_id");
            }
            Self::ExternalIdNumber => {
                let number = item.get("external_id").and_then(as_number);
                if let Some(number) = number {
                    item.insert("external_id".to_owned(), number);
                }
            }
            _ => {}
        }
    }
}

/// Replaces the items of the page, and makes its next page the list's first
/// page.
fn only(list: &mut Map<String, Value>, items: Value) {
    list.insert("data".to_owned(), items);
    let meta = json!({ "prev_cursor": null, "next_cursor": FIRST_PAGE });
    list.insert("meta".to_owned(), meta);
}

/// Makes an item without a ticket.
fn item(external_id: Option<&str>) -> Value {
    json!({ "id": 1, "uri": "/api/tickets/1/", "external_id": external_id })
}

/// Returns a text of digits as a number, if the number is written as the same
/// text.
fn as_number(text: &Value) -> Option<Value> {
    let text = text.as_str()?;
    let number: u64 = text.parse().ok()?;
    (number.to_string() == text).then(|| json!(number))
}
