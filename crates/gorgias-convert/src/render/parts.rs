//! Conversations with more messages than a ticket can have.

use chrono::{DateTime, Utc};

use super::message::Message;
use super::person::Participant;

/// The most messages of a ticket.
const MOST: usize = 500;

/// The most bytes of them. An import takes lines of 16 MiB.
const LARGEST: usize = 15 << 20;

/// The messages of one ticket, each as JSON.
pub(super) struct Part {
    pub(super) messages: Vec<Vec<u8>>,
    pub(super) first: usize,
    pub(super) last: usize,
}

/// Distributes messages, given as JSON, among as few tickets as they fit in.
/// Where there are several, each has room for a note.
pub(super) fn split(messages: Vec<Vec<u8>>) -> Vec<Part> {
    let size: usize = messages.iter().map(Vec::len).sum();
    let whole = messages.len() <= MOST && size <= LARGEST;
    let most = if whole { MOST } else { MOST.saturating_sub(1) };
    let mut parts: Vec<Part> = Vec::new();
    let mut filled = 0_usize;
    for (index, message) in messages.into_iter().enumerate() {
        let grown = filled.saturating_add(message.len());
        match parts.last_mut() {
            Some(part) if part.messages.len() < most && grown <= LARGEST => {
                filled = grown;
                part.messages.push(message);
                part.last = index;
            }
            _ => {
                filled = message.len();
                parts.push(Part {
                    messages: vec![message],
                    first: index,
                    last: index,
                });
            }
        }
    }
    parts
}

/// The id of a part in the source.
pub(super) fn id(conversation: &str, part: usize) -> String {
    match part {
        0 => conversation.to_owned(),
        part => format!("{conversation}#{}", part.saturating_add(1)),
    }
}

/// The note that says where the conversation goes on.
pub(super) fn note(
    ids: &[String],
    part: usize,
    at: DateTime<Utc>,
    sender: Option<Participant>,
) -> Message {
    let mut text = format!(
        "Part {} of {} of this conversation.",
        part.saturating_add(1),
        ids.len()
    );
    if let Some(before) = part.checked_sub(1).and_then(|before| ids.get(before)) {
        text.push_str(&format!(" The part before it is {before}."));
    }
    if let Some(after) = ids.get(part.saturating_add(1)) {
        text.push_str(&format!(" The part after it is {after}."));
    }
    Message {
        sender,
        body_text: Some(text),
        ..Message::note(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes(count: usize, size: usize) -> Vec<usize> {
        let parts = split(vec![vec![b'x'; size]; count]);
        parts.iter().map(|part| part.messages.len()).collect()
    }

    #[test]
    fn what_fits_stays_together() {
        assert_eq!(sizes(1, 1), [1]);
        assert_eq!(sizes(500, 1), [500]);
    }

    #[test]
    fn parts_have_room_for_a_note() {
        assert_eq!(sizes(501, 1), [499, 2]);
        assert_eq!(sizes(1200, 1), [499, 499, 202]);
    }

    #[test]
    fn large_messages_are_distributed_by_size() {
        assert_eq!(sizes(20, 1 << 20), [15, 5]);
    }
}
