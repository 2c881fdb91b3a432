//! Writes a conversation as lines for an import. [`ticket`] creates the tickets, and is
//! the place to start. [`message`] converts the messages, and the other modules convert
//! the other parts of a ticket.

mod address;
mod candidates;
mod fields;
mod message;
mod notices;
mod parts;
mod people;
mod ticket;
mod values;

use gorgias::ExternalId;
use serde_json::{Map, Value};

pub(crate) use self::address::Addresses;
use self::notices::Notices;
use crate::conversation::Conversation;
use crate::map::Map as ValueMap;
use crate::value_counts::ValueCounts;
use crate::{Notice, NoticeKind};

/// Converts conversations as the map says.
pub(crate) struct Renderer {
    pub(crate) map: ValueMap,
    /// The beginning of all external ids.
    pub(crate) prefix: String,
    pub(crate) counts: ValueCounts,
    pub(crate) addresses: Addresses,
}

/// The lines that a conversation became.
#[derive(Default)]
pub(crate) struct Rendered {
    pub(crate) lines: Vec<Vec<u8>>,
    pub(crate) notices: Vec<Notice>,
    pub(crate) messages: u64,
    /// The number of messages that are internal notes.
    pub(crate) notes: u64,
    pub(crate) attachments: u64,
}

/// The state of rendering one conversation.
struct Rendering<'r> {
    map: &'r ValueMap,
    prefix: &'r str,
    counts: &'r mut ValueCounts,
    addresses: &'r mut Addresses,
    /// The external id of the conversation's first ticket.
    external_id: &'r str,
    notices: Notices,
}

impl Renderer {
    pub(crate) fn render(&mut self, mut conversation: Conversation) -> Rendered {
        let line = conversation.line;
        let Some(external_id) = external_id(&self.prefix, &conversation.id) else {
            let notice = Notice::new(NoticeKind::Unreadable, "has no id");
            conversation.notices.push(notice);
            return Rendered {
                notices: Notices(conversation.notices).about(None, line),
                ..Rendered::default()
            };
        };
        // If every message has a time, the messages are ordered by time.
        if conversation
            .messages
            .iter()
            .all(|message| message.at.is_some())
        {
            conversation.messages.sort_by_key(|message| message.at);
        }
        let mut rendering = Rendering {
            map: &self.map,
            prefix: &self.prefix,
            counts: &mut self.counts,
            addresses: &mut self.addresses,
            external_id: &external_id,
            notices: Notices(std::mem::take(&mut conversation.notices)),
        };
        let rendered = rendering.render(conversation);
        Rendered {
            notices: rendering.notices.about(Some(&external_id), line),
            ..rendered.unwrap_or_default()
        }
    }
}

/// The external id for an id of the source.
pub(crate) fn external_id(prefix: &str, id: &str) -> Option<String> {
    let id = ExternalId::derive(prefix, id).ok()?;
    Some(id.as_str().to_owned())
}

/// Calls a setter of `target`, if there is a value for it.
fn with<T, V>(target: T, value: Option<V>, set: impl FnOnce(T, V) -> T) -> T {
    match value {
        Some(value) => set(target, value),
        None => target,
    }
}

/// Returns a list, unless it is empty.
fn filled<T>(list: Vec<T>) -> Option<Vec<T>> {
    (!list.is_empty()).then_some(list)
}

/// Returns the `meta` of a ticket or message: the data of the source, in an object with the
/// name of the source. `None` without data.
fn source_meta(prefix: &str, data: Map<String, Value>) -> Option<Map<String, Value>> {
    if data.is_empty() {
        return None;
    }
    Some(Map::from_iter([(prefix.to_owned(), Value::Object(data))]))
}
