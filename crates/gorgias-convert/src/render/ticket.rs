//! Converts a conversation to one or several tickets, and writes each as one line.

use gorgias::api::types::{CreateCustomer, CreateMessage, CreateParticipant, CreateTicket};
use gorgias::{Violation, is_email_address};
// `examine` is used and not `CreateTicket::validate`, which refuses `file:` addresses. The
// import uploads the files at such addresses.
use gorgias_runtime::support::validate::{Checked as _, examine};
use serde_json::{Value, json};

use super::message::Thread;
use super::{Rendered, Rendering, external_id, filled, parts, source_meta, with};
use crate::NoticeKind;
use crate::conversation::Conversation;

/// The longest line that an import accepts, in bytes, as in `line/lines.rs` of
/// `gorgias-import`.
const LONGEST: usize = 16 << 20;

impl Rendering<'_> {
    /// Converts a conversation to one or several tickets. `None` if the conversation was
    /// deleted in the source, if the map leaves it out, or if an import would not accept
    /// one of the tickets.
    pub(super) fn render(&mut self, mut conversation: Conversation) -> Option<Rendered> {
        let conversation = &mut conversation;
        let status = self.status(conversation)?;
        let channel = self.ticket_channel(conversation)?;
        let priority = self.priority(conversation);
        let support = conversation.support.clone();
        let support = support.and_then(|email| self.support(&email));
        let support = support.or_else(|| self.map.support_email.clone());
        let customer = self.customer(conversation);
        let mut times = conversation
            .messages
            .iter()
            .filter_map(|message| message.at);
        let created = conversation.created.or_else(|| times.next());
        if created.is_none() {
            self.notices.add(
                NoticeKind::TimeGuessed,
                "/created_datetime",
                "neither the ticket nor its messages say when they were created; the messages get \
                 the time of the last change, or 1970-01-01",
            );
        }
        let updated = conversation.updated;
        let closed = conversation.closed.or(updated);
        let closed = closed.filter(|_| status == "closed");
        let assignee = self.assignee(conversation);
        let team = self.team(conversation);
        let fields = self.custom_fields(conversation);
        let tags = self.tags(conversation);
        let language = self.language(conversation);
        let meta = std::mem::take(&mut conversation.meta);
        let meta = self.notices.object(meta, "/meta");
        let read = std::mem::take(&mut conversation.messages);
        let thread = Thread {
            conversation,
            customer: &customer,
            channel: &channel,
            support: support.as_deref(),
        };
        let messages = self.messages(&thread, read, created.or(updated).unwrap_or_default());
        let subject = conversation.subject.take();
        let subject = subject.and_then(|subject| self.notices.subject(subject));
        let ticket = CreateTicket::new(Vec::new())
            .external_id(self.external_id)
            .status(status)
            .channel(channel)
            .via("api");
        let ticket = with(ticket, subject, CreateTicket::subject);
        let ticket = with(ticket, priority, CreateTicket::priority);
        let ticket = with(ticket, created, CreateTicket::created_datetime);
        let ticket = with(ticket, updated, CreateTicket::updated_datetime);
        let ticket = with(ticket, closed, CreateTicket::closed_datetime);
        let ticket = with(ticket, language, CreateTicket::language);
        let ticket = with(
            ticket,
            conversation.spam.then_some(true),
            CreateTicket::spam,
        );
        let ticket = with(ticket, assignee, CreateTicket::assignee_user);
        let ticket = with(ticket, team, CreateTicket::assignee_team);
        let ticket = with(ticket, filled(tags), CreateTicket::tags);
        let ticket = with(ticket, filled(fields), CreateTicket::custom_fields);
        let meta = source_meta(self.prefix, meta);
        let ticket = with(ticket, meta, CreateTicket::meta);
        self.write(&conversation.id, ticket, &named(&customer), messages)
    }

    /// Writes a ticket with its messages as one line. Messages that are too many or too
    /// large for one ticket are distributed among several tickets, with a line each. `conversation` is the id of the conversation.
    fn write(
        &mut self,
        conversation: &str,
        ticket: CreateTicket,
        customer: &CreateCustomer,
        messages: Vec<CreateMessage>,
    ) -> Option<Rendered> {
        let count = messages.len();
        let mut rendered = Rendered::default();
        let mut whole = complete(ticket.clone(), customer, messages);
        let line = serde_json::to_vec(&whole).ok()?;
        if count <= parts::MOST && line.len() <= parts::LARGEST {
            return self.add(&whole, line, &mut rendered).then_some(rendered);
        }
        let messages = std::mem::take(whole.messages_mut());
        // Each part gets a note that names the parts beside it. Its author is the sender of the
        // last message from an agent.
        let mut senders = messages.iter().rev().filter(|message| is_of_agent(message));
        let author = senders.find_map(|message| message.get_sender().cloned());
        let parts = parts::split(messages, |message| {
            serde_json::to_vec(message).map_or(usize::MAX, |json| json.len())
        });
        let several = parts.len() > 1;
        if several {
            let detail = format!("{count} messages became {} tickets", parts.len());
            self.notices.add(NoticeKind::Split, "/messages", detail);
        }
        let ids = (0..parts.len()).map(|part| parts::id(conversation, part));
        let ids: Vec<_> = ids
            .map(|id| external_id(self.prefix, &id))
            .collect::<Option<_>>()?;
        let mut all_accepted = true;
        for (index, mut messages) in parts.into_iter().enumerate() {
            let mut ticket = ticket.clone();
            if several {
                ticket = self.part(ticket, &mut messages, index, &ids, author.clone())?;
            }
            let ticket = complete(ticket, customer, messages);
            let line = serde_json::to_vec(&ticket).ok()?;
            all_accepted &= self.add(&ticket, line, &mut rendered);
        }
        all_accepted.then_some(rendered)
    }

    /// Adds the line of a ticket if an import would accept the ticket. Otherwise adds a
    /// notice and returns false.
    fn add(&mut self, ticket: &CreateTicket, line: Vec<u8>, rendered: &mut Rendered) -> bool {
        if let Some(why) = refusal(ticket, line.len()) {
            self.notices.add(NoticeKind::Refused, "", why);
            return false;
        }
        rendered.lines.push(line);
        for message in ticket.get_messages().unwrap_or_default() {
            let files = message.get_attachments().unwrap_or_default().len();
            for (total, more) in [
                (&mut rendered.messages, 1),
                (
                    &mut rendered.notes,
                    usize::from(message.get_public() == Some(false)),
                ),
                (&mut rendered.attachments, files),
            ] {
                *total = total.saturating_add(u64::try_from(more).unwrap_or(u64::MAX));
            }
        }
        true
    }

    /// Makes a ticket one part of a conversation: sets its external id, times, status and
    /// part. Only the last
    /// part may be open, and each part gets a note that names the parts before and
    /// after it.
    fn part(
        &self,
        ticket: CreateTicket,
        messages: &mut Vec<CreateMessage>,
        index: usize,
        ids: &[String],
        author: Option<CreateParticipant>,
    ) -> Option<CreateTicket> {
        let mut ticket = ticket.external_id(ids.get(index)?);
        let time = |message: Option<&CreateMessage>| message?.get_created_datetime();
        if index > 0 {
            ticket = with(
                ticket,
                time(messages.first()),
                CreateTicket::created_datetime,
            );
        }
        let last = time(messages.last());
        if index.saturating_add(1) < ids.len() {
            ticket = with(ticket.status("closed"), last, CreateTicket::closed_datetime);
            ticket = with(ticket, last, CreateTicket::updated_datetime);
        }
        messages.push(parts::note(ids, index, last.unwrap_or_default(), author));
        let position = format!("{} of {}", index.saturating_add(1), ids.len());
        let inside = ticket.meta_mut().entry(self.prefix);
        if let Value::Object(inside) = inside.or_insert_with(|| json!({})) {
            inside.insert("part".to_owned(), json!(position));
        }
        Some(ticket)
    }
}

/// Returns the reason why an import would not accept a ticket whose line has this length.
/// The conversion keeps to the rules of an import, so this check finds mistakes of the
/// conversion.
fn refusal(ticket: &CreateTicket, length: usize) -> Option<String> {
    if length > LONGEST {
        return Some(format!("is longer than {LONGEST} bytes"));
    }
    let mut violations = examine(CreateTicket::rule(), ticket).violations;
    let messages = ticket.get_messages().unwrap_or_default();
    for (index, message) in messages.iter().enumerate() {
        let source = message.get_source().into_iter();
        let mut ends = source.flat_map(|source| {
            let to = source.get_to().unwrap_or_default();
            to.iter().chain(source.get_from())
        });
        if ends.any(|end| !end.get_address().is_some_and(is_email_address)) {
            let pointer = format!("/messages/{index}/source");
            violations.push(Violation::new(pointer, "has an invalid e-mail address"));
        }
    }
    let problems = violations
        .iter()
        .map(|violation| format!("{}: {}", violation.pointer(), violation.message()));
    let problems: Vec<String> = problems.collect();
    (!problems.is_empty()).then(|| problems.join("; "))
}

/// Adds the messages to a ticket, and the members that depend on the first message.
fn complete(
    ticket: CreateTicket,
    customer: &CreateCustomer,
    messages: Vec<CreateMessage>,
) -> CreateTicket {
    let first = messages.first();
    let ticket = ticket.from_agent(first.is_some_and(is_of_agent));
    // A ticket can't name a customer who has only a phone number. The service takes such a
    // customer from the first message.
    let ticket = match first.is_some_and(names_by_phone) {
        true => ticket,
        false => ticket.customer(customer.clone()),
    };
    ticket.messages(messages)
}

fn is_of_agent(message: &CreateMessage) -> bool {
    message.get_from_agent() == Some(true)
}

/// Whether a message names the customer only by a phone number.
fn names_by_phone(message: &CreateMessage) -> bool {
    let customer = match is_of_agent(message) {
        false => message.get_sender(),
        true => message.get_receiver(),
    };
    customer.is_some_and(|customer| customer.get_email().is_none() && phone(customer).is_some())
}

fn phone(customer: &CreateParticipant) -> Option<&str> {
    customer.get_channels()?.first()?.get_address()
}

/// Converts the customer of messages to the customer of a ticket.
fn named(customer: &CreateParticipant) -> CreateCustomer {
    let name = customer.get_name().or_else(|| phone(customer));
    let named = with(CreateCustomer::new(), name, CreateCustomer::name);
    with(named, customer.get_email(), CreateCustomer::email)
}
