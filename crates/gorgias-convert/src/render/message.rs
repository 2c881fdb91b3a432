//! Converts the messages of a conversation to those of a ticket.

use chrono::{DateTime, Utc};
use gorgias::api::types::{
    CreateAttachment, CreateMessage, CreateParticipant, CreateSource, CreateSourceAddress,
    SourceType,
};
use serde_json::{Map, json};

use super::{Rendering, external_id, filled, source_meta, with};
use crate::NoticeKind;
use crate::conversation::{Attachment, Author, Conversation, Message};

/// The data of a conversation that its messages need.
pub(super) struct Thread<'c> {
    pub(super) conversation: &'c Conversation,
    pub(super) customer: &'c CreateParticipant,
    pub(super) channel: &'c str,
    pub(super) support: Option<&'c str>,
}

/// Creates a message that was sent at a time. With a channel, the customer may see the
/// message. Without a channel, it is an internal note.
pub(super) fn message(
    from_agent: bool,
    channel: Option<String>,
    time: DateTime<Utc>,
) -> CreateMessage {
    let public = channel.is_some();
    let channel = channel.unwrap_or_else(|| "internal-note".to_owned());
    CreateMessage::new(channel, from_agent || !public)
        .via("api")
        .public(public)
        .created_datetime(time)
        // Without `sent_datetime`, the helpdesk would send the messages of agents.
        .sent_datetime(time)
}

impl Rendering<'_> {
    /// Converts the messages. A message without a time gets the time of the message before
    /// it, or `time` if there is none.
    pub(super) fn messages(
        &mut self,
        thread: &Thread<'_>,
        read: Vec<Message>,
        mut time: DateTime<Utc>,
    ) -> Vec<CreateMessage> {
        let mut messages = Vec::with_capacity(read.len());
        for (index, read) in read.into_iter().enumerate() {
            let at = format!("/messages/{index}");
            if read.at.is_none() {
                self.notices.add(
                    NoticeKind::TimeGuessed,
                    &format!("{at}/created_datetime"),
                    "the time is missing or can't be read; the message gets the time of the \
                     message before it, or of the ticket",
                );
            }
            time = read.at.unwrap_or(time);
            messages.push(self.message(thread, read, time, &at));
        }
        messages
    }

    fn message(
        &mut self,
        thread: &Thread<'_>,
        read: Message,
        time: DateTime<Utc>,
        at: &str,
    ) -> CreateMessage {
        let outgoing = matches!(read.author, Author::Agent(_) | Author::System);
        let sender = self.sender(&read.author, read.private, at);
        let (channel, source) = match read.private {
            true => (None, None),
            false => self.route(thread, &read, outgoing, sender.as_ref(), at),
        };
        let receiver = (outgoing && !read.private).then(|| thread.customer.clone());
        let mut meta = Map::new();
        if let Author::Unknown(Some(id)) = &read.author {
            meta.insert("author".to_owned(), json!(id));
        }
        for (name, value) in read.meta {
            let value = self.notices.value(value, &format!("{at}/meta"));
            meta.insert(name, value);
        }
        let id = read.id.and_then(|id| {
            let id = format!("{}/{id}", thread.conversation.id);
            external_id(self.prefix, &id)
        });
        let mail_id = read.message_id;
        let mail_id = mail_id.and_then(|id| self.notices.header(id, &format!("{at}/message_id")));
        let host = thread.conversation.host.as_deref();
        let mut body = |text: Option<String>, html: bool, name: &str| {
            let text = text.filter(|text| !text.is_empty())?;
            let text = self.addresses.body(text, html, host);
            Some(self.notices.body(text, html, &format!("{at}/{name}")))
        };
        let text = body(read.text, false, "body_text");
        let html = body(read.html, true, "body_html");
        let mut files = Vec::new();
        let mut left_out = Vec::new();
        for (index, attachment) in read.attachments.iter().enumerate() {
            let at = format!("{at}/attachments/{index}");
            let (file, is_local) = self.file(attachment, &at);
            if is_local || file.validate().is_ok() {
                files.push(file);
                continue;
            }
            self.notices.add(
                NoticeKind::AttachmentLeftOut,
                &at,
                "its address is not an https address of a public host",
            );
            left_out.push(json!({"url": file.get_url(), "name": file.get_name()}));
        }
        if !left_out.is_empty() {
            let left_out = self.notices.value(left_out.into(), at);
            meta.insert("attachments".to_owned(), left_out);
        }
        let message = message(outgoing, channel, time);
        let message = with(message, sender, CreateMessage::sender);
        let message = with(message, receiver, CreateMessage::receiver);
        let message = with(message, source, CreateMessage::source);
        let message = with(message, id, CreateMessage::external_id);
        let message = with(message, mail_id, CreateMessage::message_id);
        let message = with(message, text, CreateMessage::body_text);
        let message = with(message, html, CreateMessage::body_html);
        let message = with(message, filled(files), CreateMessage::attachments);
        let meta = source_meta(self.prefix, meta);
        with(message, meta, CreateMessage::meta)
    }

    /// The channel of a message that the customer may see, and its addresses if it is an
    /// e-mail. A message that lacks an address gets the channel `api`, because the service
    /// refuses such an e-mail.
    fn route(
        &mut self,
        thread: &Thread<'_>,
        read: &Message,
        outgoing: bool,
        sender: Option<&CreateParticipant>,
        at: &str,
    ) -> (Option<String>, Option<CreateSource>) {
        // An agent's message gets the channel of the ticket, even if it has another one in
        // the source.
        let own = read.channel.as_deref().filter(|_| !outgoing);
        let own = own.and_then(|channel| self.channel(channel));
        let channel = own.unwrap_or_else(|| thread.channel.to_owned());
        if channel != "email" {
            return (Some(channel), None);
        }
        let own = read.support.as_deref();
        let own = own.and_then(|email| self.support(email));
        let support = own.or_else(|| thread.support.map(str::to_owned));
        let customer = sender.filter(|_| !outgoing).unwrap_or(thread.customer);
        let Some((support, email)) = support.zip(customer.get_email()) else {
            self.notices.add(
                NoticeKind::ChannelChanged,
                &format!("{at}/channel"),
                "is api in place of email, which needs the customer's address and one of yours",
            );
            return (Some("api".to_owned()), None);
        };
        let address = |email: &str| CreateSourceAddress::new().address(email);
        let customer = with(
            address(email),
            customer.get_name(),
            CreateSourceAddress::name,
        );
        let (from, to) = match outgoing {
            true => (address(&support), customer),
            false => (customer, address(&support)),
        };
        let source = CreateSource::new().type_(SourceType::Email);
        (Some(channel), Some(source.from(from).to(vec![to])))
    }

    /// Converts an attachment. Returns the new attachment, and whether its file is on
    /// this machine.
    fn file(&mut self, attachment: &Attachment, at: &str) -> (CreateAttachment, bool) {
        let name = attachment.name.clone();
        let name = name.and_then(|name| self.notices.header(name, &format!("{at}/name")));
        let kind = attachment.content_type.clone();
        let kind = kind.and_then(|kind| self.notices.header(kind, &format!("{at}/content_type")));
        let id = attachment.id.as_deref();
        let addresses = &mut self.addresses;
        let (url, is_local) = addresses.attachment(&attachment.url, id, name.as_deref());
        let name = name.unwrap_or_else(|| "attachment".to_owned());
        let kind = kind.unwrap_or_else(|| "application/octet-stream".to_owned());
        let file = CreateAttachment::new(kind, name, url);
        let file = with(file, attachment.size, CreateAttachment::size);
        (file, is_local)
    }
}
