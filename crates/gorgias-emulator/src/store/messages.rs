//! Adds, changes and deletes messages of an existing ticket.

use super::collection::Resource;
use super::new_ticket::NewMessage;
use super::refused::Refused;
use super::ticket::{Message, Ticket};
use super::{Context, Store};

impl Store {
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
        self.customers.check_email(person, &[role])?;
        let message = self.add_people(new, customer, context);
        let id = message.id;
        self.change(ticket, |ticket| {
            ticket.update_for(&message);
            ticket.updated_datetime = context.now;
            ticket.messages.push(message);
        })?;
        self.enrich_later(ticket);
        let created = ("ticket-message-created", id, None);
        self.add_events(context, [created, ("ticket-updated", ticket, None)]);
        Ok(id)
    }

    /// Changes the members of a message that the body has. The ticket's
    /// `updated_datetime` stays.
    pub(crate) fn update_message(
        &mut self,
        ticket: i64,
        id: i64,
        body: &Resource,
        context: Context<'_>,
    ) -> Result<(), Refused> {
        self.message(ticket, id)?;
        self.change(ticket, |ticket| {
            let messages = ticket.messages.iter_mut();
            let message = messages.filter(|message| message.id == id);
            message.for_each(|message| message.apply(body));
        })?;
        self.add_events(context, [("ticket-message-updated", id, None)]);
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
        self.add_events(context, [("ticket-message-deleted", id, None)]);
        Ok(())
    }
}

impl Ticket {
    /// Updates the ticket for a message that is added.
    fn update_for(&mut self, message: &Message) {
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
        // An incoming message without a sending time gets one with its first update. This
        // was recorded for a message that the service had created itself.
        if !self.from_agent && !body.contains_key("sent_datetime") {
            self.sent_datetime.get_or_insert(self.created_datetime);
        }
    }
}
