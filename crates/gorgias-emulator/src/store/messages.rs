//! Adds, changes and deletes messages of an existing ticket.

use super::Store;
use super::collection::Resource;
use super::create::{Context, EMAIL_TAKEN};
use super::derive::source;
use super::refused::Refused;
use super::ticket::{Message, Ticket};
use super::update::{given, take_over};
use crate::request::NewMessage;

impl Store {
    /// Returns the ids of a ticket's messages.
    pub(super) fn message_ids(&self, ticket: i64) -> Vec<i64> {
        let messages = self.ticket(ticket).map(|ticket| ticket.messages.as_slice());
        let messages = messages.unwrap_or_default().iter();
        messages.map(|message| message.id).collect()
    }

    /// Returns a ticket's message.
    pub(crate) fn message(&self, ticket: i64, id: i64) -> Result<&Message, Refused> {
        let ticket = self.ticket(ticket).ok_or(Refused::NotFound)?;
        let message = ticket.messages.iter().find(|message| message.id == id);
        message.ok_or(Refused::NotFound)
    }

    /// Adds a message and returns its id. A customer's message reopens the
    /// ticket.
    pub(crate) fn add_message(
        &mut self,
        ticket: i64,
        new: NewMessage,
        context: Context<'_>,
    ) -> Result<i64, Refused> {
        let customer = self.ticket(ticket).ok_or(Refused::NotFound)?.customer;
        let (role, person) = match new.from_agent {
            false => ("sender", &new.sender),
            true => ("receiver", &new.receiver),
        };
        if let Some(person) = person
            && self.people.takes_anothers_email(person)
        {
            let path = vec![role.to_owned(), "email".to_owned()];
            return Err(Refused::at(path, EMAIL_TAKEN));
        }
        let message = self.build_message(new, customer, context.now, context);
        let id = message.id;
        self.change(ticket, |ticket| {
            ticket.note(&message);
            ticket.updated = context.now;
            ticket.messages.push(message);
        })?;
        self.enrich_later(ticket);
        let object = ("TicketMessage", id);
        let events = self.events.context();
        self.happened(events, context, "ticket-message-created", object, None);
        self.happened(events, context, "ticket-updated", ("Ticket", ticket), None);
        Ok(id)
    }

    /// Changes the members in the body. The ticket's `updated_datetime` stays.
    pub(crate) fn update_message(
        &mut self,
        ticket: i64,
        id: i64,
        body: &Resource,
        context: Context<'_>,
    ) -> Result<(), Refused> {
        self.message(ticket, id)?;
        self.change(ticket, |ticket| {
            let mut messages = ticket.messages.iter_mut();
            if let Some(message) = messages.find(|message| message.id == id) {
                message.apply(body);
            }
        })?;
        let object = ("TicketMessage", id);
        self.happened_alone(context, "ticket-message-updated", object, None);
        Ok(())
    }

    /// Deletes a message. The ticket doesn't change otherwise.
    pub(crate) fn delete_message(
        &mut self,
        ticket: i64,
        id: i64,
        context: Context<'_>,
    ) -> Result<(), Refused> {
        self.message(ticket, id)?;
        self.change(ticket, |ticket| {
            ticket.messages.retain(|message| message.id != id);
        })?;
        let object = ("TicketMessage", id);
        self.happened_alone(context, "ticket-message-deleted", object, None);
        Ok(())
    }
}

impl Ticket {
    /// Updates the ticket for a message that is added.
    fn note(&mut self, message: &Message) {
        if message.is_note() {
            return;
        }
        self.last_message = self.last_message.max(Some(message.created));
        if !message.from_agent {
            self.last_received_message = self.last_received_message.max(Some(message.created));
            self.is_unread = true;
            "open".clone_into(&mut self.status);
            self.closed = None;
        }
    }
}

impl Message {
    /// Sets the members in a body, except the sender and the receiver.
    fn apply(&mut self, body: &Resource) {
        take_over(&mut self.channel, body, "channel");
        take_over(&mut self.via, body, "via");
        take_over(&mut self.from_agent, body, "from_agent");
        take_over(&mut self.message_id, body, "message_id");
        take_over(&mut self.external_id, body, "external_id");
        take_over(&mut self.public, body, "public");
        take_over(&mut self.subject, body, "subject");
        take_over(&mut self.body_text, body, "body_text");
        take_over(&mut self.body_html, body, "body_html");
        take_over(&mut self.meta, body, "meta");
        take_over(&mut self.failed, body, "failed_datetime");
        take_over(&mut self.integration_id, body, "integration_id");
        take_over(&mut self.attachments, body, "attachments");
        if let Some(given) = given(body, "source") {
            self.source = source(Some(given), &self.channel);
        }
        // Recorded for a message that the service created: the first update set
        // it.
        let received = (!self.from_agent).then_some(self.created);
        self.sent = self.sent.or(received);
        take_over(&mut self.sent, body, "sent_datetime");
    }
}
