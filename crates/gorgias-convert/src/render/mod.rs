//! Writes a conversation as lines for an import. [`ticket`] makes the ticket, with
//! messages by [`message`]; the other modules convert its parts.

mod address;
mod candidates;
mod fields;
mod message;
mod notes;
mod parts;
mod people;
mod ticket;
mod values;

use gorgias::ExternalId;

pub(crate) use self::address::Addresses;
use self::notes::Notes;
use crate::conversation::Conversation;
use crate::map::Map;
use crate::value_counts::ValueCounts;
use crate::{Notice, NoticeKind};

/// Converts conversations as the map says.
pub(crate) struct Renderer {
    pub(crate) map: Map,
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

/// One conversation that becomes tickets.
struct Rendering<'r> {
    map: &'r Map,
    prefix: &'r str,
    counts: &'r mut ValueCounts,
    addresses: &'r mut Addresses,
    /// The external id of the ticket.
    external_id: &'r str,
    notes: Notes,
}

impl Renderer {
    pub(crate) fn render(&mut self, mut conversation: Conversation) -> Rendered {
        let line = conversation.line;
        let Some(external_id) = external_id(&self.prefix, &conversation.id) else {
            let notice = Notice::new(NoticeKind::Unreadable, "has no id");
            conversation.notices.push(notice);
            return Rendered {
                notices: Notes(conversation.notices).about(None, line),
                ..Rendered::default()
            };
        };
        // If all messages have a time, they are ordered by it.
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
            notes: Notes(std::mem::take(&mut conversation.notices)),
        };
        let draft = rendering.draft(&mut conversation);
        let rendered = draft.and_then(|draft| rendering.write(&conversation.id, draft));
        Rendered {
            notices: rendering.notes.about(Some(&external_id), line),
            ..rendered.unwrap_or_default()
        }
    }
}

/// The external id for an id of the source.
pub(crate) fn external_id(prefix: &str, id: &str) -> Option<String> {
    let id = ExternalId::derive(prefix, id).ok()?;
    Some(id.as_str().to_owned())
}

/// Sets a member, if there is a value for it.
fn with<T, V>(made: T, value: Option<V>, set: impl FnOnce(T, V) -> T) -> T {
    match value {
        Some(value) => set(made, value),
        None => made,
    }
}
