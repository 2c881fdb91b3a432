//! Reads a comment.

use super::members::Members;
use crate::conversation::Attachment;
use crate::conversation::Message;
use crate::input::Json;
use crate::value_counts::{Handling, Table, ValueCounts};

/// The members that are ignored, because they repeat another member or are of no use.
const IGNORED: &[&str] = &[
    "audit_id",
    "type",
    "event_type",
    "url",
    "uploads",
    "trusted",
    "ticket_id",
];

/// A comment. The author of its message is found and set later.
pub(super) struct Comment<'t> {
    pub(super) message: Message,
    pub(super) author: Option<String>,
    /// The members of the author, if the comment has them.
    pub(super) embedded: Option<Members<'t>>,
    /// The sender's address of an e-mail.
    pub(super) from: Option<String>,
    /// The receiver's address of an e-mail.
    pub(super) to: Option<String>,
    /// Whether the comment lacks the member that says who may see it.
    pub(super) visibility_unknown: bool,
}

/// Reads a comment. `None` if it is no object.
pub(super) fn read<'t>(
    value: Json<'t>,
    counts: &mut ValueCounts,
    ticket: &str,
) -> Option<Comment<'t>> {
    let mut members = Members::of(value)?;
    let public = members.flag("public");
    let public = public.or_else(|| members.flag("comment_public"));
    members.forget(&["comment_public"]);
    let mut embedded = members.object("author");
    let author = members.id("author_id").or_else(|| {
        let author = embedded.as_mut()?;
        let id = author.id("id")?;
        author.add("id", Json::Text(id.clone().into()));
        Some(id)
    });
    let plain = members.text("plain_body");
    let body = members.text("body");
    let mut via = members.object("via").unwrap_or_default();
    let mut source = via.object("source").unwrap_or_default();
    let address = |source: &mut Members<'_>, end: &str| source.object(end)?.text("address");
    let mut message = Message {
        id: members.id("id"),
        // A comment that doesn't say that it is public must not become public.
        private: public != Some(true),
        text: plain.or(body),
        html: members.text("html_body"),
        at: members
            .time("created_at")
            .or_else(|| members.time("timestamp")),
        channel: via.text("channel").or_else(|| members.text("via")),
        message_id: message_id(&mut members),
        attachments: attachments(members.list("attachments"), counts, ticket),
        ..Message::default()
    };
    if let Some(mut call) = members.object("data") {
        voice(&mut call, &mut message);
        for name in call.rest() {
            counts.add(
                Table::Comments,
                &format!("data.{name}"),
                Handling::NotCarried,
                ticket,
            );
        }
    }
    members.forget(IGNORED);
    for name in members.rest() {
        counts.add(Table::Comments, name, Handling::NotCarried, ticket);
    }
    Some(Comment {
        message,
        author,
        embedded,
        from: address(&mut source, "from"),
        to: address(&mut source, "to"),
        visibility_unknown: public.is_none(),
    })
}

/// The Message-ID of an e-mail. Other metadata concerns the author's device, and is left out.
fn message_id(members: &mut Members<'_>) -> Option<String> {
    let id = members.inner(&["metadata", "system", "message_id"])?;
    match std::mem::take(id) {
        Json::Text(id) if !id.is_empty() => Some(id.into_owned()),
        _ => None,
    }
}

fn attachments(list: Vec<Json<'_>>, counts: &mut ValueCounts, ticket: &str) -> Vec<Attachment> {
    let mut attachments = Vec::new();
    for value in list {
        let Some(mut members) = Members::of(value) else {
            counts.add(Table::Comments, "attachments", Handling::NotCarried, ticket);
            continue;
        };
        let url = members.text("content_url");
        let url = url.or_else(|| members.text("mapped_content_url"));
        attachments.push(Attachment {
            id: members.id("id"),
            url: url.or_else(|| members.text("url")).unwrap_or_default(),
            name: members
                .text("file_name")
                .or_else(|| members.text("filename")),
            content_type: members.text("content_type"),
            size: members.text("size").and_then(|size| size.parse().ok()),
        });
    }
    attachments
}

/// Reads the recording and the transcription of a call.
fn voice(call: &mut Members<'_>, message: &mut Message) {
    if let Some(url) = call.text("recording_url") {
        message.attachments.push(Attachment {
            url,
            name: Some("recording".to_owned()),
            content_type: Some("audio/mpeg".to_owned()),
            ..Attachment::default()
        });
    }
    let transcription = call.text("transcription_text");
    if message.text.is_none() && message.html.is_none() {
        message.text = transcription;
    } else if let (Some(text), Some(transcription)) = (&mut message.text, transcription)
        && !text.contains(&transcription)
    {
        text.push_str("\n\n");
        text.push_str(&transcription);
    }
}
