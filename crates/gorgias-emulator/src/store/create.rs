//! Creates a ticket from a request, with every default that the service fills
//! in.

use serde_json::json;

use super::Store;
use super::derive::{customer_of, customers, source};
use super::refused::Refused;
use super::ticket::{Message, Party, Ticket};
use crate::request::{NewMessage, NewPerson, NewTicket};
use crate::timestamp::Timestamp;

/// What a write depends on beside its body.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Context<'a> {
    /// The caller: an agent's e-mail address, or none for an application.
    pub(crate) caller: Option<&'a str>,
    pub(crate) now: Timestamp,
    /// The time from which lists show the ticket.
    pub(crate) visible: Timestamp,
}

pub(super) const EMAIL_TAKEN: &str = "This e-mail address belongs to another customer.";

impl Store {
    /// Creates a ticket and returns its id. An error changes nothing.
    pub(crate) fn create(&mut self, new: NewTicket, context: Context<'_>) -> Result<i64, Refused> {
        self.check(&new)?;
        if !self.accept() {
            return Err(Refused::Quota);
        }
        let id = self.place(new, context);
        self.enrich_later(id);
        self.note_create(id, context);
        Ok(id)
    }

    /// Adds the events that were recorded for a create, in their order.
    fn note_create(&mut self, id: i64, context: Context<'_>) {
        let events = self.events.context();
        let ticket = ("Ticket", id);
        self.happened(events, context, "ticket-created", ticket, None);
        for message in self.message_ids(id) {
            let object = ("TicketMessage", message);
            self.happened(events, context, "ticket-message-created", object, None);
        }
        self.happened(events, context, "ticket-updated", ticket, None);
        let assignee = self.ticket(id).and_then(|ticket| ticket.assignee_user);
        if let Some(user) = assignee {
            let data = json!({ "assignee_user_id": user });
            self.happened(events, context, "ticket-assigned", ticket, Some(data));
            self.happened(events, context, "ticket-updated", ticket, None);
        }
    }

    fn check(&self, new: &NewTicket) -> Result<(), Refused> {
        for (path, person) in customers(new) {
            if self.people.takes_anothers_email(person) {
                return Err(Refused::at(path, EMAIL_TAKEN));
            }
        }
        self.check_tags(new.tags.as_deref().unwrap_or_default())
    }

    /// Adds a ticket that was checked, from a create or from loaded data.
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
        let conversation = messages.iter().filter(|message| !message.is_note());
        let last_message = conversation.map(|message| message.created).max();
        let received = messages.iter().filter(|message| !message.from_agent);
        let last_received = received.map(|message| message.created).max();
        let status = new.status.unwrap_or_else(|| "open".to_owned());
        let closed = (status == "closed").then_some(now);
        let mut assignee = new.assignee_user.and_then(|user| user.id);
        let loaded = new.loaded.as_ref();
        if let Some(loaded) = loaded {
            self.keep_tags(&loaded.tags, now);
            let person = loaded.assignee_user.as_ref();
            if let Some(person) = person.filter(|person| person.id > Some(0)) {
                assignee = Some(self.resolve_agent(person, now));
            }
        }
        let imported = loaded.and_then(|loaded| loaded.imported);
        let summary = loaded.and_then(|loaded| loaded.summary.clone());
        let processed = loaded.and_then(|loaded| loaded.processed_datetime);
        let is_unread = loaded.and_then(|loaded| loaded.is_unread);
        let given_last_received = loaded.and_then(|loaded| loaded.last_received_message_datetime);
        let given_last = loaded.and_then(|loaded| loaded.last_message_datetime);
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
            imported: imported.unwrap_or(Some(new.imported.unwrap_or(false))),
            customer,
            assignee_user: self.assignee(assignee, now),
            assignee_team: new
                .assignee_team
                .and_then(|team| team.id)
                .filter(|&id| id > 0),
            language: new.language,
            subject: new.subject,
            summary,
            meta: new.meta,
            tags: self.resolve_tags(new.tags.unwrap_or_default(), now),
            custom_fields: new
                .custom_fields
                .unwrap_or_default()
                .into_iter()
                .filter_map(|field| Some((field.id?, field.value)))
                .collect(),
            created,
            processed: processed.unwrap_or(now),
            opened: new.opened_datetime,
            last_received_message: given_last_received
                .unwrap_or_else(|| new.last_received_message_datetime.or(last_received)),
            last_message: given_last.unwrap_or_else(|| new.last_message_datetime.or(last_message)),
            updated: new.updated_datetime.unwrap_or(now),
            trashed: new.trashed_datetime,
            snooze: new.snooze_datetime,
            is_unread: is_unread.unwrap_or(true),
            messages,
            visible: context.visible,
        }
    }

    pub(super) fn build_message(
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
            false => Party::Agent(self.resolve_agent(person, now)),
        });
        let created = new.created_datetime.unwrap_or(ticket_created);
        let loaded = new.loaded.unwrap_or_default();
        // An incoming message counts as sent when it was created. An outgoing
        // message without a sending time isn't sent yet, and a note never is.
        let received = (!new.from_agent).then_some(created);
        let id = match loaded.id {
            Some(id) => id,
            None => self.ids.messages.next(),
        };
        self.ids.messages.skip_past(id);
        Message {
            id,
            visible: context.visible,
            message_id: new.message_id,
            external_id: new.external_id,
            public: new.public.unwrap_or(true),
            source: source(new.source, &new.channel),
            channel: new.channel,
            via: new.via.unwrap_or_else(|| "api".to_owned()),
            sender,
            receiver,
            intents: loaded.intents,
            integration_id: new.integration_id,
            from_agent: new.from_agent,
            subject: new.subject,
            body_text: new.body_text,
            body_html: new.body_html,
            stripped_text: new.stripped_text,
            stripped_html: new.stripped_html,
            stripped_signature: new.stripped_signature,
            attachments: new.attachments.unwrap_or_default(),
            macros: new
                .macros
                .unwrap_or_default()
                .into_iter()
                .filter_map(|item| item.id)
                .collect(),
            actions: new.actions,
            headers: new.headers,
            imported: loaded
                .imported
                .unwrap_or(Some(new.imported.unwrap_or(false))),
            meta: new.meta,
            created,
            processed: loaded.processed_datetime.unwrap_or(now),
            sent: loaded
                .sent_datetime
                .unwrap_or_else(|| new.sent_datetime.or(received)),
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
                let id = self.resolve_agent(person, context.now);
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
                let id = self.resolve_agent(&person, context.now);
                Some(Party::Agent(id))
            }
        }
    }

    /// Returns the assignee. Null and 0 mean none.
    pub(super) fn assignee(&mut self, id: Option<i64>, now: Timestamp) -> Option<i64> {
        let id = id.filter(|&id| id > 0)?;
        let person = NewPerson {
            id: Some(id),
            ..NewPerson::default()
        };
        Some(self.resolve_agent(&person, now))
    }
}
