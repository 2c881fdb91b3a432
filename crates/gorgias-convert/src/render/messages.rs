//! From the entries of a conversation to messages.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::Look;
use super::check::is_refused;
use super::message::{Address, File, Message, Source};
use super::notes::Notes;
use super::person::Participant;
use super::text;
use crate::NoticeKind;
use crate::conversation::{Attachment, Author, Conversation, Entry};

/// What all messages of a conversation have in common.
pub(super) struct Thread<'c> {
    pub(super) conversation: &'c Conversation,
    pub(super) customer: &'c Participant,
    pub(super) channel: &'c str,
    pub(super) support: Option<&'c str>,
    pub(super) subject_time: DateTime<Utc>,
}

impl Look<'_> {
    pub(super) fn messages(
        &mut self,
        thread: &Thread<'_>,
        entries: Vec<Entry>,
        notes: &mut Notes,
    ) -> Vec<Message> {
        let mut last = thread.subject_time;
        let mut messages = Vec::with_capacity(entries.len());
        for (index, entry) in entries.into_iter().enumerate() {
            let at = format!("/messages/{index}");
            last = match entry.at {
                Some(time) => time,
                None => {
                    notes.add(
                        NoticeKind::TimeGuessed,
                        &format!("{at}/created_datetime"),
                        "the time is missing or can't be read; that of the message before it, \
                         or of the ticket, stands in",
                    );
                    last
                }
            };
            messages.push(self.message(thread, entry, last, &at, notes));
        }
        messages
    }

    fn message(
        &mut self,
        thread: &Thread<'_>,
        mut entry: Entry,
        time: DateTime<Utc>,
        at: &str,
        notes: &mut Notes,
    ) -> Message {
        let outgoing = matches!(entry.author, Author::Agent(_) | Author::System);
        let sender = self.sender(&entry.author, entry.private, at, notes);
        let mut message = if entry.private {
            Message {
                sender,
                ..Message::note(time)
            }
        } else {
            let channel = self.channel_of(thread, &entry, outgoing);
            let mut message = Message::public(outgoing, channel, time);
            message.sender = sender;
            if outgoing {
                message.receiver = Some(thread.customer.clone());
            }
            self.route(thread, &entry, at, &mut message, notes);
            message
        };
        if let Author::Unknown(Some(id)) = &entry.author {
            message.remember(self.prefix, "author", json!(id));
        }
        for (name, value) in std::mem::take(&mut entry.meta) {
            let value = text::value(value, &format!("{at}/meta"), notes);
            message.remember(self.prefix, &name, value);
        }
        message.external_id = entry.id.as_deref().and_then(|id| {
            let id = format!("{}/{id}", thread.conversation.id);
            let id = gorgias::ExternalId::derive(self.prefix, &id).ok()?;
            Some(id.as_str().to_owned())
        });
        message.message_id = entry
            .message_id
            .take()
            .and_then(|id| text::header(id, &format!("{at}/message_id"), notes));
        let host = thread.conversation.host.as_deref();
        let mut body = |text: Option<String>, html: bool, name: &str| {
            let text = text.filter(|text| !text.is_empty())?;
            let text = self.addresses.body(text, html, host);
            Some(text::body(text, html, &format!("{at}/{name}"), notes))
        };
        message.body_text = body(entry.text.take(), false, "body_text");
        message.body_html = body(entry.html.take(), true, "body_html");
        self.attach(&entry, at, &mut message, notes);
        message
    }

    /// Agents answer on the ticket's channel, whatever they wrote it with.
    fn channel_of(&mut self, thread: &Thread<'_>, entry: &Entry, outgoing: bool) -> String {
        let own = entry.channel.as_deref().filter(|_| !outgoing);
        let own = own.and_then(|channel| self.channel(channel));
        own.unwrap_or_else(|| thread.channel.to_owned())
    }

    /// The service refuses an e-mail without all of its addresses.
    fn route(
        &mut self,
        thread: &Thread<'_>,
        entry: &Entry,
        at: &str,
        message: &mut Message,
        notes: &mut Notes,
    ) {
        if message.channel != "email" {
            return;
        }
        let own = entry
            .support
            .as_deref()
            .and_then(|email| self.support(email));
        let support = own.or_else(|| thread.support.map(str::to_owned));
        let customer = match &message.sender {
            Some(sender) if !message.from_agent => sender,
            _ => thread.customer,
        };
        let source = support.zip(customer.email.clone()).map(|(support, email)| {
            let customer = Address {
                name: customer.name.clone(),
                address: email,
            };
            let support = Address {
                name: None,
                address: support,
            };
            let (from, to) = match message.from_agent {
                true => (support, customer),
                false => (customer, support),
            };
            Source {
                kind: "email",
                from,
                to: [to],
            }
        });
        if source.is_none() {
            message.channel = "api".to_owned();
            notes.add(
                NoticeKind::ChannelChanged,
                &format!("{at}/channel"),
                "is api in place of email, which needs the customer's address and one of yours",
            );
        }
        message.source = source;
    }

    fn attach(&mut self, entry: &Entry, at: &str, message: &mut Message, notes: &mut Notes) {
        let mut left_out = Vec::new();
        for (index, attachment) in entry.attachments.iter().enumerate() {
            let place = format!("{at}/attachments/{index}");
            let (file, local) = self.file(attachment, &place, notes);
            if local || !is_refused(&file) {
                message.attachments.push(file);
                continue;
            }
            notes.add(
                NoticeKind::AttachmentLeftOut,
                &place,
                "its address is not an https address of a public host",
            );
            left_out.push(json!({"url": file.url, "name": file.name}));
        }
        if !left_out.is_empty() {
            let left_out = text::value(Value::Array(left_out), at, notes);
            message.remember(self.prefix, "attachments", left_out);
        }
    }

    /// A file, and whether it is one on this machine.
    fn file(&mut self, attachment: &Attachment, at: &str, notes: &mut Notes) -> (File, bool) {
        let name = attachment.name.clone();
        let name = name.and_then(|name| text::header(name, &format!("{at}/name"), notes));
        let kind = attachment.content_type.clone();
        let kind = kind.and_then(|kind| text::header(kind, &format!("{at}/content_type"), notes));
        let (url, local) =
            self.addresses
                .attachment(&attachment.url, attachment.id.as_deref(), name.as_deref());
        let file = File {
            url,
            name: name.unwrap_or_else(|| "attachment".to_owned()),
            content_type: kind.unwrap_or_else(|| "application/octet-stream".to_owned()),
            size: attachment.size,
        };
        (file, local)
    }
}
