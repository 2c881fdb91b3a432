//! Adds, changes and deletes messages of an existing ticket.

use super::Store;
use super::collection::Resource;
use super::context::Context;
use super::create::EMAIL_TAKEN;
use super::new_ticket::NewMessage;
use super::refused::Refused;
use super::ticket::{Message, Ticket};

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
        let customer = self.ticket(ticket).ok_or(Refused::NotFound)?.customer_id;
        let (role, person) = new.customer();
        if person.is_some_and(|person| self.customers.takes_anothers_email(person)) {
            return Err(Refused::at(&[role, "email"], EMAIL_TAKEN));
        }
        let message = self.add_people(new, customer, context);
        let id = message.id;
        self.change(ticket, |ticket| {
            ticket.note(&message);
            ticket.updated_datetime = context.now;
            ticket.messages.push(message);
        })?;
        self.enrich_later(ticket);
        let created = ("ticket-message-created", ("TicketMessage", id), None);
        let updated = ("ticket-updated", ("Ticket", ticket), None);
        self.add_events(context, [created, updated]);
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
        self.add_events(context, [("ticket-message-updated", object, None)]);
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
        self.add_events(context, [("ticket-message-deleted", object, None)]);
        Ok(())
    }
}

impl Ticket {
    /// Updates the ticket for a message that is added.
    fn note(&mut self, message: &Message) {
        if message.is_note() {
            return;
        }
        let created = Some(message.created_datetime);
        self.last_message_datetime = self.last_message_datetime.max(created);
        if !message.from_agent {
            let last = &mut self.last_received_message_datetime;
            *last = (*last).max(created);
            self.is_unread = true;
            "open".clone_into(&mut self.status);
            self.closed_datetime = None;
        }
    }
}

impl Message {
    /// Sets the members in a body, except the sender and the receiver.
    fn apply(&mut self, body: &Resource) {
        for (member, value) in body {
            let _ = self.set(member, value);
        }
        self.complete_source();
        // Recorded for a message that the service created: the first update set
        // it.
        if !self.from_agent && !body.contains_key("sent_datetime") {
            self.sent_datetime.get_or_insert(self.created_datetime);
        }
    }
}
