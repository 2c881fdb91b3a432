//! Faults that change the status, headers or bytes of a success.

use ::http::{HeaderValue, StatusCode, header};
use bytes::Bytes;
use serde_json::{Value, json};

use super::payload;
use crate::http::answer::Answer;

/// One such fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    Ok,
    Accepted,
    NoContent,
    PlainText,
    Truncated,
    Body(&'static str),
    OtherExternalId,
    ByteOrderMark,
    Trailing,
    Utf16,
    InvalidUtf8,
}

impl Change {
    pub(super) fn apply(self, answer: &mut Answer) {
        match self {
            Self::Ok => answer.status = StatusCode::OK,
            Self::Accepted => {
                answer.status = StatusCode::ACCEPTED;
                answer.headers.remove(header::CONTENT_TYPE);
                answer.body = Bytes::new();
            }
            Self::NoContent => {
                answer.status = StatusCode::NO_CONTENT;
                answer.headers.remove(header::CONTENT_TYPE);
                answer.body = Bytes::new();
            }
            Self::PlainText => {
                let plain = HeaderValue::from_static("text/plain");
                answer.headers.insert(header::CONTENT_TYPE, plain);
            }
            Self::Truncated => answer.body.truncate(answer.body.len() / 2),
            Self::Body(body) => answer.body = Bytes::from_static(body.as_bytes()),
            Self::OtherExternalId => payload::edit(answer, |ticket| {
                if let Some(ticket) = ticket.as_object_mut() {
                    let own = ticket.get("external_id").and_then(Value::as_str);
                    let other = format!("{}-of-another", own.unwrap_or("ticket"));
                    ticket.insert("external_id".to_owned(), json!(other));
                }
            }),
            Self::ByteOrderMark => {
                answer.body = [b"\xef\xbb\xbf", answer.body.as_ref()].concat().into();
            }
            Self::Trailing => {
                answer.body = [answer.body.as_ref(), b"\n<!-- cached -->"].concat().into();
            }
            Self::Utf16 => {
                let text = String::from_utf8_lossy(&answer.body);
                let units = text.encode_utf16();
                answer.body = units.flat_map(u16::to_le_bytes).collect();
            }
            Self::InvalidUtf8 => {
                payload::edit(answer, |ticket| {
                    if let Some(ticket) = ticket.as_object_mut() {
                        ticket.insert("subject".to_owned(), json!(INVALID));
                    }
                });
                payload::replace(answer, INVALID, b"caf\xe9");
            }
        }
    }
}

/// A placeholder for text that a JSON value can't hold.
const INVALID: &str = "invalid-utf-8-goes-here";
