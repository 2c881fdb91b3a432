//! How a request becomes a ticket: every default the service fills in.

use super::Store;
use super::derive::{customer_of, source};
use super::people::{EmailTaken, Party};
use super::ticket::{Attachment, Message, Tag, Ticket};
use crate::timestamp::Timestamp;
use crate::wire::request::{NewMessage, NewPerson, NewTag, NewTicket};

/// What a create depends on beside its body.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Context<'a> {
    /// Who made the request: an agent's e-mail, or none for an application.
    pub(crate) caller: Option<&'a str>,
    pub(crate) now: Timestamp,
    /// From when on the list shows the ticket.
    pub(crate) visible: Timestamp,
}

impl Store {
    /// Applies a create and returns the new ticket's id. Nothing is changed on
    /// an error.
    pub(crate) fn create(
        &mut self,
        new: NewTicket,
        context: Context<'_>,
    ) -> Result<i64, EmailTaken> {
        let customer = customer_of(&new);
        let people = new.messages.iter().filter(|message| !message.from_agent);
        let senders = people.filter_map(|message| message.sender.as_ref());
        for person in customer.iter().chain(senders) {
            self.people.check(person)?;
        }
        Ok(self.place(new, context))
    }

    /// Applies a create that takes nobody's e-mail, or may do so.
    pub(super) fn place(&mut self, new: NewTicket, context: Context<'_>) -> i64 {
        let customer = customer_of(&new);
        let ticket = self.build(new, customer, context);
        let id = ticket.id;
        self.insert(ticket);
        id
    }

    fn build(
        &mut self,
        new: NewTicket,
        customer: Option<NewPerson>,
        context: Context<'_>,
    ) -> Ticket {
        let now = context.now;
        let id = match &new.loaded {
            Some(loaded) => loaded.id,
            None => self.ids.tickets.next(),
        };
        self.ids.tickets.skip_past(id);
        let created = new.created_datetime.unwrap_or(now);
        let customer = customer.map(|person| self.people.resolve(&person, &mut self.ids, now));
        let first = new.messages.first();
        let channel = new.channel.or(first.map(|message| message.channel.clone()));
        let from_agent = new
            .from_agent
            .or(first.map(|message| message.from_agent))
            .unwrap_or(false);
        let messages: Vec<Message> = new
            .messages
            .into_iter()
            .map(|message| self.build_message(message, customer, created, context))
            .collect();
        let last_message = messages.iter().map(|message| message.created).max();
        let received = messages.iter().filter(|message| !message.from_agent);
        let last_received = received.map(|message| message.created).max();
        let status = new.status.unwrap_or_else(|| "open".to_owned());
        let closed = (status == "closed").then_some(now);
        let mut is_unread = None;
        let mut assignee = new.assignee_user.and_then(|user| user.id);
        if let Some(loaded) = new.loaded {
            is_unread = loaded.is_unread;
            self.keep_tags(loaded.tags);
            if let Some(person) = loaded.assignee.filter(|person| person.id > Some(0)) {
                assignee = Some(self.people.resolve_agent(&person, &mut self.ids));
            }
        }
        Ticket {
            id,
            external_id: new.external_id,
            closed: new.closed_datetime.or(closed),
            status,
            priority: new.priority.unwrap_or_else(|| "normal".to_owned()),
            channel: channel.unwrap_or_else(|| "api".to_owned()),
            via: new.via.unwrap_or_else(|| "api".to_owned()),
            from_agent,
            spam: new.spam.unwrap_or(false),
            customer,
            assignee_user: self.assignee(assignee),
            assignee_team: new
                .assignee_team
                .and_then(|team| team.id)
                .filter(|&id| id > 0),
            language: new.language,
            subject: new.subject,
            meta: new.meta,
            tags: self.resolve_tags(new.tags.unwrap_or_default()),
            custom_fields: new
                .custom_fields
                .unwrap_or_default()
                .into_iter()
                .filter_map(|field| Some((field.id?, field.value)))
                .collect(),
            created,
            opened: new.opened_datetime,
            last_received_message: new.last_received_message_datetime.or(last_received),
            last_message: new.last_message_datetime.or(last_message),
            updated: new.updated_datetime.unwrap_or(now),
            trashed: new.trashed_datetime,
            snooze: new.snooze_datetime,
            is_unread: is_unread.unwrap_or(last_received.is_some()),
            messages,
            visible: context.visible,
        }
    }

    fn build_message(
        &mut self,
        new: NewMessage,
        customer: Option<i64>,
        ticket_created: Timestamp,
        context: Context<'_>,
    ) -> Message {
        let now = context.now;
        let sender = self.sender(&new, customer, context);
        let receiver = new.receiver.as_ref().map(|person| match new.from_agent {
            true => Party::Customer(self.people.resolve(person, &mut self.ids, now)),
            false => Party::Agent(self.people.resolve_agent(person, &mut self.ids)),
        });
        let created = new.created_datetime.unwrap_or(ticket_created);
        let public = new.public.unwrap_or(true);
        // An outgoing message without a sending time is still to be sent. What
        // was received, and what nobody gets, counts as sent when it was made.
        let sent = (new.id.is_none() && (!new.from_agent || !public)).then_some(created);
        let id = match new.id {
            Some(id) => id,
            None => self.ids.messages.next(),
        };
        self.ids.messages.skip_past(id);
        Message {
            id,
            message_id: new.message_id,
            external_id: new.external_id,
            public,
            source: source(new.source, &new.channel),
            channel: new.channel,
            via: new.via.unwrap_or_else(|| "api".to_owned()),
            sender,
            receiver,
            integration_id: new.integration_id,
            from_agent: new.from_agent,
            subject: new.subject,
            body_text: new.body_text,
            body_html: new.body_html,
            stripped_text: new.stripped_text,
            stripped_html: new.stripped_html,
            stripped_signature: new.stripped_signature,
            attachments: new
                .attachments
                .unwrap_or_default()
                .into_iter()
                .map(|attachment| Attachment {
                    url: attachment.url,
                    name: attachment.name,
                    size: attachment.size,
                    content_type: attachment.content_type,
                    public: attachment.public.unwrap_or(true),
                    extra: attachment.extra,
                })
                .collect(),
            macros: new
                .macros
                .unwrap_or_default()
                .into_iter()
                .filter_map(|item| item.id)
                .collect(),
            actions: new.actions,
            meta: new.meta,
            created,
            sent: new.sent_datetime.or(sent),
            failed: new.failed_datetime,
            opened: new.opened_datetime,
            last_sending_error: new.last_sending_error,
        }
    }

    fn sender(
        &mut self,
        new: &NewMessage,
        customer: Option<i64>,
        context: Context<'_>,
    ) -> Option<Party> {
        let given = new
            .sender
            .as_ref()
            .filter(|person| person.id.is_some() || person.email.is_some());
        match (new.from_agent, given) {
            (false, Some(person)) => {
                let id = self.people.resolve(person, &mut self.ids, context.now);
                Some(Party::Customer(id))
            }
            (false, None) => customer.map(Party::Customer),
            (true, Some(person)) => {
                let id = self.people.resolve_agent(person, &mut self.ids);
                Some(Party::Agent(id))
            }
            (true, None) => {
                let person = NewPerson {
                    email: Some(
                        context
                            .caller
                            .unwrap_or("application@example.com")
                            .to_owned(),
                    ),
                    ..NewPerson::default()
                };
                let id = self.people.resolve_agent(&person, &mut self.ids);
                Some(Party::Agent(id))
            }
        }
    }

    /// Null and 0 mean nobody.
    fn assignee(&mut self, id: Option<i64>) -> Option<i64> {
        let id = id.filter(|&id| id > 0)?;
        let person = NewPerson {
            id: Some(id),
            ..NewPerson::default()
        };
        Some(self.people.resolve_agent(&person, &mut self.ids))
    }

    /// Tags keep the ids they are loaded with, unless the account has them by
    /// name already, or the id for another.
    fn keep_tags(&mut self, loaded: Vec<(String, i64)>) {
        for (name, id) in loaded {
            if !self.tags_by_name.contains_key(&name) && !self.tags.contains_key(&id) {
                self.insert_tag(id, name);
            }
        }
    }

    fn insert_tag(&mut self, id: i64, name: String) {
        self.ids.tags.skip_past(id);
        self.tags_by_name.insert(name.clone(), id);
        let tag = Tag {
            id,
            name,
            decoration: None,
        };
        self.tags.insert(id, tag);
    }

    /// Tags by name, created when new; a decoration given here replaces the
    /// tag's.
    fn resolve_tags(&mut self, new: Vec<NewTag>) -> Vec<i64> {
        let mut ids: Vec<i64> = Vec::with_capacity(new.len());
        for tag in new {
            let (name, decoration) = match tag {
                NewTag::Name(name) => (name, None),
                NewTag::Tag { name, decoration } => (name, decoration),
            };
            let id = match self.tags_by_name.get(&name) {
                Some(&id) => id,
                None => {
                    let id = self.ids.tags.next();
                    self.insert_tag(id, name);
                    id
                }
            };
            if let (Some(tag), Some(decoration)) = (self.tags.get_mut(&id), decoration) {
                tag.decoration = Some(decoration);
            }
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        ids
    }
}
