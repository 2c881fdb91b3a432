//! Splits a conversation whose messages are too many or too large for one ticket.

use chrono::{DateTime, Utc};
use gorgias::api::types::{CreateMessage, CreateParticipant};

use super::message::message;
use super::with;

/// The most messages of a ticket.
pub(super) const MOST: usize = 500;

/// The most bytes of the messages of a ticket as JSON. An import accepts lines of up to
/// 16 MiB.
pub(super) const LARGEST: usize = 15 << 20;

/// Distributes messages among tickets, in order and by their sizes. If there are several
/// tickets, each has room for a note.
pub(super) fn split<T>(messages: Vec<T>, size: impl Fn(&T) -> usize) -> Vec<Vec<T>> {
    let sizes: Vec<usize> = messages.iter().map(size).collect();
    let whole = sizes.iter().copied().fold(0, usize::saturating_add);
    let whole = messages.len() <= MOST && whole <= LARGEST;
    let most = if whole { MOST } else { MOST.saturating_sub(1) };
    let mut parts: Vec<Vec<T>> = Vec::new();
    let mut filled = 0_usize;
    for (message, size) in messages.into_iter().zip(sizes) {
        let grown = filled.saturating_add(size);
        match parts.last_mut() {
            Some(part) if part.len() < most && grown <= LARGEST => {
                filled = grown;
                part.push(message);
            }
            _ => {
                filled = size;
                parts.push(vec![message]);
            }
        }
    }
    parts
}

/// The id of a part of a conversation, made from the id of the conversation.
pub(super) fn id(conversation: &str, part: usize) -> String {
    match part {
        0 => conversation.to_owned(),
        part => format!("{conversation}#{}", part.saturating_add(1)),
    }
}

/// The note that names the tickets with the other parts of the conversation.
pub(super) fn note(
    ids: &[String],
    part: usize,
    at: DateTime<Utc>,
    sender: Option<CreateParticipant>,
) -> CreateMessage {
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
    let note = message(true, None, at).body_text(text);
    with(note, sender, CreateMessage::sender)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes(count: usize, size: usize) -> Vec<usize> {
        let parts = split(vec![size; count], |size| *size);
        parts.iter().map(Vec::len).collect()
    }

    #[test]
    fn a_conversation_that_fits_is_not_split() {
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
