//! From a conversation to the lines that an import takes.

mod address;
mod check;
mod fields;
mod message;
mod messages;
mod notes;
mod parts;
mod people;
mod person;
mod text;
mod ticket;
mod values;

use chrono::DateTime;
use gorgias::ExternalId;
use serde_json::{Map, Value, json};

pub(crate) use self::address::Addresses;
use self::message::{Message, time};
use self::messages::Thread;
use self::notes::Notes;
use self::parts::Part;
use self::person::Participant;
use self::ticket::{Customer, Ticket};
use crate::conversation::Conversation;
use crate::map::Map as ValueMap;
use crate::met::Met;
use crate::{Notice, NoticeKind};

/// Writes conversations as the map says.
pub(crate) struct Renderer {
    pub(crate) map: ValueMap,
    /// What external ids begin with.
    pub(crate) prefix: String,
    pub(crate) met: Met,
    pub(crate) addresses: Addresses,
}

/// What a conversation became.
#[derive(Default)]
pub(crate) struct Rendered {
    pub(crate) lines: Vec<Vec<u8>>,
    pub(crate) notices: Vec<Notice>,
    pub(crate) messages: u64,
    /// How many of them are internal notes.
    pub(crate) notes: u64,
    pub(crate) attachments: u64,
}

/// What the values of one conversation become.
struct Look<'r> {
    map: &'r ValueMap,
    prefix: &'r str,
    met: &'r mut Met,
    addresses: &'r mut Addresses,
    /// The external id of the ticket.
    ticket: &'r str,
}

impl Renderer {
    pub(crate) fn render(&mut self, mut conversation: Conversation) -> Rendered {
        let line = conversation.line;
        let mut rendered = Rendered::default();
        let Some(external_id) = self.external_id(&conversation.id) else {
            let notice = Notice::new(NoticeKind::Unreadable, "has no id");
            rendered.notices.push(notice.line(line));
            return rendered;
        };
        // The order of messages is that of their times, where all have one.
        if conversation.entries.iter().all(|entry| entry.at.is_some()) {
            conversation.entries.sort_by_key(|entry| entry.at);
        }
        let mut notes = Notes::default();
        let mut look = Look {
            map: &self.map,
            prefix: &self.prefix,
            met: &mut self.met,
            addresses: &mut self.addresses,
            ticket: &external_id,
        };
        if let Some((ticket, messages)) = look.ticket(&mut conversation, &mut notes) {
            self.write(
                &conversation.id,
                ticket,
                &messages,
                &mut rendered,
                &mut notes,
            );
        }
        rendered.notices = notes.about(&external_id, line);
        rendered
    }

    fn external_id(&self, id: &str) -> Option<String> {
        let id = ExternalId::derive(&self.prefix, id).ok()?;
        Some(id.as_str().to_owned())
    }

    /// Writes the ticket, or several of them.
    fn write(
        &self,
        conversation: &str,
        ticket: Ticket,
        messages: &[Message],
        rendered: &mut Rendered,
        notes: &mut Notes,
    ) {
        let written: Result<Vec<_>, _> = messages.iter().map(serde_json::to_vec).collect();
        let Ok(written) = written else {
            notes.add(NoticeKind::Refused, "", "can't be written as JSON");
            return;
        };
        let mut parts = parts::split(written);
        let ids: Vec<String> = (0..parts.len())
            .filter_map(|part| self.external_id(&parts::id(conversation, part)))
            .collect();
        if parts.len() > 1 {
            let count = messages.len();
            let detail = format!("{count} messages became {} tickets", parts.len());
            notes.add(NoticeKind::Split, "/messages", detail);
        }
        let several = parts.len() > 1;
        let mut lines = Vec::new();
        for (index, part) in parts.iter_mut().enumerate() {
            let mut ticket = ticket.clone();
            let note = match several {
                true => self.make_part(&mut ticket, part, index, &ids, messages),
                false => None,
            };
            let first = messages.get(part.first);
            ticket.from_agent = first.is_some_and(|message| message.from_agent);
            // Who has only a phone number can't be named here, and is taken
            // from the first message.
            if first.is_some_and(names_by_channel) {
                ticket.customer = None;
            }
            let own = messages.get(part.first..=part.last).unwrap_or_default();
            let own: Vec<&Message> = own.iter().chain(&note).collect();
            match ticket.line(&part.messages) {
                Ok(line) => match check::refusal(&ticket, &own, line.len()) {
                    None => lines.push(line),
                    Some(why) => notes.add(NoticeKind::Refused, "", why),
                },
                Err(error) => notes.add(NoticeKind::Refused, "", error.to_string()),
            }
        }
        if lines.len() < parts.len() {
            return;
        }
        rendered.lines = lines;
        let count = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
        rendered.messages = count(parts.iter().map(|part| part.messages.len()).sum());
        rendered.notes = count(messages.iter().filter(|message| !message.public).count());
        if several {
            rendered.notes = rendered.notes.saturating_add(count(parts.len()));
        }
        rendered.attachments = count(
            messages
                .iter()
                .map(|message| message.attachments.len())
                .sum(),
        );
    }

    /// Makes a ticket one part of a conversation: only the last one may be
    /// open, and each says where the others are, in the note that is returned.
    fn make_part(
        &self,
        ticket: &mut Ticket,
        part: &mut Part,
        index: usize,
        ids: &[String],
        messages: &[Message],
    ) -> Option<Message> {
        let id = ids.get(index)?;
        ticket.external_id.clone_from(id);
        if let Some(first) = messages.get(part.first).filter(|_| index > 0) {
            ticket.created_datetime = Some(first.created_datetime.clone());
        }
        let last = messages
            .get(part.last)
            .map(|message| message.created_datetime.clone());
        if index.saturating_add(1) < ids.len() {
            ticket.status = "closed";
            ticket.closed_datetime.clone_from(&last);
            ticket.updated_datetime.clone_from(&last);
        }
        let at = last.and_then(|at| DateTime::parse_from_rfc3339(&at).ok());
        let at = at.map(|at| at.to_utc()).unwrap_or_default();
        // As by the last agent who wrote something.
        let authors = messages.iter().rev().filter(|message| message.from_agent);
        let author = authors.filter_map(|message| message.sender.clone()).next();
        let note = parts::note(ids, index, at, author);
        part.messages.push(serde_json::to_vec(&note).ok()?);
        let position = format!("{} of {}", index.saturating_add(1), ids.len());
        let inside = ticket.meta.entry(&self.prefix).or_insert_with(|| json!({}));
        if let Value::Object(inside) = inside {
            inside.insert("part".to_owned(), json!(position));
        }
        Some(note)
    }
}

/// Whether a message says who the customer is, by more than a ticket can.
fn names_by_channel(message: &Message) -> bool {
    let customer = match message.from_agent {
        false => &message.sender,
        true => &message.receiver,
    };
    customer
        .as_ref()
        .is_some_and(Participant::has_only_channels)
}

impl Look<'_> {
    /// The ticket, with its first id, and all of its messages. None if the map
    /// leaves it out.
    fn ticket(
        &mut self,
        conversation: &mut Conversation,
        notes: &mut Notes,
    ) -> Option<(Ticket, Vec<Message>)> {
        let status = self.status(conversation, notes)?;
        let channel = self.ticket_channel(conversation, notes)?;
        let priority = self.priority(conversation);
        let support = conversation.support.clone();
        let support = support.and_then(|email| self.support(&email));
        let support = support.or_else(|| self.map.support_email.clone());
        let customer = self.customer(conversation, notes);
        let created = conversation.created.or_else(|| {
            let mut times = conversation.entries.iter().filter_map(|entry| entry.at);
            times.next()
        });
        if created.is_none() {
            notes.add(
                NoticeKind::TimeGuessed,
                "/created_datetime",
                "no time is known of this ticket; its messages get 1970-01-01",
            );
        }
        let updated = conversation.updated;
        let closed = conversation.closed.or(updated);
        let assignee_user = self.assignee(conversation);
        let assignee_team = self.team(conversation);
        let custom_fields = self.custom_fields(conversation, notes);
        let tags = self.tags(conversation, notes);
        let language = self.language(conversation, notes);
        let meta = std::mem::take(&mut conversation.meta);
        let meta = text::object(meta, "/meta", notes);
        let entries = std::mem::take(&mut conversation.entries);
        let thread = Thread {
            conversation,
            customer: &customer,
            channel: &channel,
            support: support.as_deref(),
            subject_time: created.or(updated).unwrap_or_default(),
        };
        let messages = self.messages(&thread, entries, notes);
        let subject = conversation.subject.take();
        let subject = subject.and_then(|subject| text::subject(subject, notes));
        let ticket = Ticket {
            external_id: self.ticket.to_owned(),
            subject,
            status,
            priority,
            channel,
            via: "api",
            from_agent: false,
            created_datetime: created.map(time),
            updated_datetime: updated.map(time),
            closed_datetime: closed.filter(|_| status == "closed").map(time),
            language,
            spam: conversation.spam,
            customer: Some(Customer {
                email: customer.email,
                name: customer.name.or_else(|| {
                    let mut channels = customer.channels.into_iter();
                    channels.next().map(|channel| channel.address)
                }),
            }),
            assignee_user,
            assignee_team,
            tags,
            custom_fields,
            meta: match meta.is_empty() {
                true => Map::new(),
                false => [(self.prefix.to_owned(), json!(meta))]
                    .into_iter()
                    .collect(),
            },
        };
        Some((ticket, messages))
    }
}
