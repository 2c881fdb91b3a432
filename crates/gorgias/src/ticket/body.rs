//! The body of a ticket, either typed or JSON.
//!
//! `spec-codegen` writes the setters of `NewTicket`, which call [`Body::set`] on its
//! field `body`.

use gorgias_api::types::{CreateAttachment, CreateMessage, CreateTicket};
use gorgias_runtime::support::validate::Found;
use gorgias_runtime::{Error, Violation};
use serde::Serialize;
use serde_json::{Map, Value};

use super::written::Written;
use super::{check, email};

/// A body that is built with setters, or one that is given as JSON.
#[derive(Clone)]
pub(crate) enum Body {
    Typed(Box<CreateTicket>),
    Written(Written),
}

impl Body {
    /// Sets one member of either kind of body.
    pub(crate) fn set<T: Serialize>(
        &mut self,
        name: &str,
        value: T,
        typed: impl FnOnce(CreateTicket, T) -> CreateTicket,
    ) {
        match self {
            Self::Typed(ticket) => {
                let before = std::mem::take(&mut **ticket);
                **ticket = typed(before, value);
            }
            Self::Written(written) => written.change(value, |members, value| {
                members.insert(name.to_owned(), value);
            }),
        }
    }

    /// Appends a value to a member that is a list.
    pub(super) fn push<T: Serialize>(
        &mut self,
        name: &str,
        value: T,
        typed: impl FnOnce(&mut CreateTicket, T),
    ) {
        match self {
            Self::Typed(ticket) => typed(ticket, value),
            Self::Written(written) => {
                written.change(value, |members, value| push(members, name, value));
            }
        }
    }

    /// Adds an entry to the `meta` member.
    pub(super) fn insert_meta(&mut self, key: String, value: Value) {
        match self {
            Self::Typed(ticket) => {
                ticket.meta_mut().insert(key, value);
            }
            Self::Written(written) => {
                let Some(members) = written.members() else {
                    return;
                };
                let meta = members.entry("meta").or_insert(Value::Null);
                if meta.is_null() {
                    *meta = Value::Object(Map::new());
                }
                if let Some(meta) = meta.as_object_mut() {
                    meta.insert(key, value);
                }
            }
        }
    }

    /// Changes the first message. In a written body only the members that the
    /// change sets are replaced.
    pub(super) fn edit_first_message(&mut self, edit: impl FnOnce(CreateMessage) -> CreateMessage) {
        match self {
            Self::Typed(ticket) => {
                if let Some(first) = ticket.messages_mut().first_mut() {
                    *first = edit(std::mem::take(first));
                }
            }
            Self::Written(written) => {
                if let Some(message) = written.first_message() {
                    edit_members(message, edit);
                }
            }
        }
    }

    /// Adds a file to the first message, which keeps the files that it has.
    pub(super) fn attach(&mut self, file: CreateAttachment) {
        match self {
            Self::Typed(ticket) => {
                if let Some(first) = ticket.messages_mut().first_mut() {
                    first.attachments_mut().push(file);
                }
            }
            Self::Written(written) => {
                let message = written.first_message();
                if let (Some(message), Ok(file)) = (message, serde_json::to_value(file)) {
                    push(message, "attachments", file);
                }
            }
        }
    }

    pub(super) fn external_id(&self) -> Option<&str> {
        match self {
            Self::Typed(ticket) => ticket.get_external_id(),
            Self::Written(written) => written.value.get("external_id")?.as_str(),
        }
    }

    pub(super) fn message_count(&self) -> usize {
        match self {
            Self::Typed(ticket) => ticket.get_messages().unwrap_or_default().len(),
            Self::Written(written) => written.all_messages().len(),
        }
    }

    /// Checks the body. A body from JSON isn't checked again unless it was changed
    /// since the last check.
    pub(super) fn examine(&self) -> Found {
        match self {
            Self::Typed(ticket) => check::ticket(ticket),
            Self::Written(written) => written.examine(),
        }
    }

    /// Returns the missing parts of the sources of e-mails that are given as JSON.
    /// The document allows an e-mail without these parts; users report that the
    /// service refuses one.
    pub(super) fn warnings(&self) -> Vec<Violation> {
        match self {
            Self::Typed(_) => Vec::new(),
            Self::Written(written) => email::missing_in_values(written.messages().0, 0),
        }
    }

    /// Returns the text that is sent.
    pub(super) fn to_json(&self) -> Result<String, Error> {
        match self {
            Self::Typed(ticket) => serde_json::to_string(ticket).map_err(Error::unbuildable),
            Self::Written(written) => Ok(written.to_json()),
        }
    }

    /// Returns the JSON value of the body. `text` is that of
    /// [`to_json`](Self::to_json).
    pub(super) fn value(&self, text: &[u8]) -> Result<Value, Error> {
        match self {
            Self::Typed(_) => serde_json::from_slice(text).map_err(Error::unbuildable),
            Self::Written(written) => Ok(written.value.clone()),
        }
    }
}

/// Appends a value to a member that is a list. If the member is absent or null, it
/// becomes a list first.
fn push(members: &mut Map<String, Value>, name: &str, value: Value) {
    let list = members.entry(name).or_insert(Value::Null);
    if list.is_null() {
        *list = Value::Array(Vec::new());
    }
    if let Some(list) = list.as_array_mut() {
        list.push(value);
    }
}

/// Runs a typed change on an empty message of the same channel and direction, and
/// copies the members that the change set.
fn edit_members(
    message: &mut Map<String, Value>,
    edit: impl FnOnce(CreateMessage) -> CreateMessage,
) {
    let channel = message.get("channel").and_then(Value::as_str);
    let from_agent = message.get("from_agent").and_then(Value::as_bool);
    let (Some(channel), Some(from_agent)) = (channel, from_agent) else {
        return;
    };
    let blank = CreateMessage::new(channel, from_agent);
    if let Ok(Value::Object(set)) = serde_json::to_value(edit(blank)) {
        message.extend(set);
    }
}
