//! Reads the keys of an item of a list: the id, the external id or an address,
//! by which a look-up recognises the item.
//!
//! The keys are read from the JSON as it was received. The typed reader drops
//! values that it can't read, so an item without an external id would look like an
//! item whose external id was dropped.

use chrono::{DateTime, Utc};
use gorgias_runtime::support::lenient::parse_datetime;
use gorgias_runtime::support::without_bom;
use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

/// An item of a list, of which only the keys are read.
pub(crate) trait Key: Sized {
    /// Reads an item, or returns the part that can't be read.
    fn read(item: &str) -> Result<Self, Defect>;
}

/// The members of an item that look-ups use.
#[derive(Debug)]
pub(crate) struct Item {
    pub(crate) id: i64,
    pub(crate) external_id: Option<String>,
    pub(crate) created: Option<DateTime<Utc>>,
    pub(crate) updated: Option<DateTime<Utc>>,
}

/// The part of an item or of a page that can't be read, so that the page proves
/// no absence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Defect {
    /// The item isn't an object, or contains a member that is read here twice.
    Item,
    Id,
    ExternalId,
    Address,
    /// More text follows the list.
    MoreText,
}

impl Key for Item {
    fn read(item: &str) -> Result<Self, Defect> {
        #[derive(Deserialize)]
        struct Members {
            #[serde(default, deserialize_with = "present")]
            id: Option<Box<RawValue>>,
            #[serde(default, deserialize_with = "present")]
            external_id: Option<Box<RawValue>>,
            created_datetime: Option<Box<RawValue>>,
            updated_datetime: Option<Box<RawValue>>,
        }

        let item: Members = object(item).ok_or(Defect::Item)?;
        let id = item.id.as_deref().and_then(whole_id);
        let external_id = item.external_id.as_deref().and_then(external_id);
        Ok(Self {
            id: id.ok_or(Defect::Id)?,
            external_id: external_id.ok_or(Defect::ExternalId)?,
            created: item.created_datetime.as_deref().and_then(datetime),
            updated: item.updated_datetime.as_deref().and_then(datetime),
        })
    }
}

/// Whether text follows the first value of a JSON text.
pub(crate) fn has_more_text(body: &[u8]) -> bool {
    let body = without_bom(body);
    let mut values = serde_json::Deserializer::from_slice(body).into_iter::<IgnoredAny>();
    match values.next() {
        Some(Ok(_)) => {
            let rest = body.get(values.byte_offset()..).unwrap_or_default();
            !rest.trim_ascii().is_empty()
        }
        // The readers tolerate other faults of the text.
        _ => false,
    }
}

/// Reads an object. Serde alone would also read a struct from an array.
pub(crate) fn object<'a, T: Deserialize<'a>>(text: &'a str) -> Option<T> {
    let text = text.trim_start();
    text.starts_with('{')
        .then(|| serde_json::from_str(text).ok())
        .flatten()
}

/// Reads a member that is present. Null becomes `Some`, so that it differs from
/// a missing member.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Box<RawValue>>, D::Error> {
    Box::<RawValue>::deserialize(deserializer).map(Some)
}

fn datetime(value: &RawValue) -> Option<DateTime<Utc>> {
    let text: String = serde_json::from_str(value.get()).ok()?;
    parse_datetime(&text)
}

/// Reads a whole number above zero, or a text of its digits.
fn whole_id(value: &RawValue) -> Option<i64> {
    let text = serde_json::from_str::<String>(value.get());
    let digits = text.as_deref().unwrap_or_else(|_| value.get());
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|id| plain && *id > 0)
}

/// Reads an external id: `Some(None)` if it is null, `None` if it can't be read.
#[expect(
    clippy::option_option,
    reason = "an unreadable external id differs from null"
)]
fn external_id(value: &RawValue) -> Option<Option<String>> {
    let text = value.get();
    if text == "null" {
        return Some(None);
    }
    if text.starts_with('"') {
        return serde_json::from_str(text).ok().map(Some);
    }
    let digits = text.strip_prefix('-').unwrap_or(text);
    digits
        .bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| Some(text.to_owned()))
}
