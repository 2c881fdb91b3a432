//! The body of a ticket, either typed or JSON text.
//!
//! `spec-codegen` writes the setters of `NewTicket`, which call [`Form::set`] on its
//! field `form`.

use gorgias_api::types::{CreateAttachment, CreateMessage, CreateTicket};
use gorgias_runtime::support::validate::PrivateAddress;
use serde::Serialize;
use serde_json::{Map, Value};

/// A body that was built field by field, or one that was written elsewhere.
#[derive(Clone)]
pub(crate) enum Form {
    Typed(Box<CreateTicket>),
    Written(Written),
}

/// A body that was written elsewhere. It is sent unchanged unless a setter changes
/// it.
#[derive(Clone)]
pub(crate) struct Written {
    pub(super) value: Value,
    text: Option<String>,
    /// The number of messages that were written elsewhere. The messages after them
    /// were built with this crate and added.
    messages: usize,
    /// The addresses of attachments that aren't public. `None` until the body was
    /// checked and has no other violation.
    pub(super) checked: Option<Vec<PrivateAddress>>,
}

impl Written {
    pub(super) fn new(value: Value, text: Option<String>) -> Self {
        let messages = messages(&value).len();
        Self {
            value,
            text,
            messages,
            checked: None,
        }
    }

    /// The messages that were written elsewhere, and those that were added.
    pub(super) fn messages(&self) -> (&[Value], &[Value]) {
        let all = messages(&self.value);
        all.split_at_checked(self.messages).unwrap_or((all, &[]))
    }

    pub(super) fn all_messages(&self) -> &[Value] {
        messages(&self.value)
    }

    /// Returns the members, to change them. Drops the text and the result of the
    /// check, because neither will be that of the changed body.
    fn members(&mut self) -> Option<&mut Map<String, Value>> {
        self.text = None;
        self.checked = None;
        self.value.as_object_mut()
    }

    /// Changes the members with a typed value. A value of the document's types can
    /// always be written as JSON.
    fn change(
        &mut self,
        value: impl Serialize,
        change: impl FnOnce(&mut Map<String, Value>, Value),
    ) {
        if let (Ok(value), Some(members)) = (serde_json::to_value(value), self.members()) {
            change(members, value);
        }
    }

    /// Returns the members of the first message, to change them.
    fn first_message(&mut self) -> Option<&mut Map<String, Value>> {
        let messages = self.members()?.get_mut("messages")?;
        messages.as_array_mut()?.first_mut()?.as_object_mut()
    }

    pub(super) fn to_json(&self) -> String {
        self.text.clone().unwrap_or_else(|| self.value.to_string())
    }
}

fn messages(body: &Value) -> &[Value] {
    let messages = body.get("messages").and_then(Value::as_array);
    messages.map_or(&[], Vec::as_slice)
}

impl Form {
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

    /// Appends to a member that is a list.
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

    /// Adds a file to the first message. The files that it has stay.
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
            Self::Written(written) => messages(&written.value).len(),
        }
    }
}

/// Appends to a member that is a list, or makes it a list.
fn push(members: &mut Map<String, Value>, name: &str, value: Value) {
    let list = members.entry(name).or_insert(Value::Null);
    if list.is_null() {
        *list = Value::Array(Vec::new());
    }
    if let Some(list) = list.as_array_mut() {
        list.push(value);
    }
}

/// Runs a typed change on an empty message of the same channel, and copies the
/// members that it set.
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
