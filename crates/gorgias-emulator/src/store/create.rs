//! Creates a ticket, and the people and tags that it refers to.

use serde_json::json;

use super::events::NewEvent;
use super::new_ticket::{NewMessage, NewTicket};
use super::read::{NewChannel, NewPerson};
use super::refused::Refused;
use super::ticket::{Message, Party};
use super::{Context, Store};
use crate::timestamp::Timestamp;

impl Store {
    /// Creates a ticket and returns its id. An error changes nothing.
    pub(crate) fn create(&mut self, new: NewTicket, context: Context<'_>) -> Result<i64, Refused> {
        self.check(&new)?;
        if !self.accept() {
            return Err(Refused::Quota);
        }
        let id = self.add_ticket(new, context);
        self.enrich_later(id);
        self.add_events_of_create(id, context);
        Ok(id)
    }

    /// Adds the events that were recorded from the service when a ticket was created, in
    /// the recorded order.
    fn add_events_of_create(&mut self, id: i64, context: Context<'_>) {
        let Some(ticket) = self.ticket(id) else {
            return;
        };
        let messages = ticket.messages.iter();
        let messages = messages.map(|message| ("ticket-message-created", message.id, None));
        let mut events: Vec<NewEvent> = vec![("ticket-created", id, None)];
        events.extend(messages);
        events.push(("ticket-updated", id, None));
        if let Some(user) = ticket.assignee_user_id {
            let data = json!({ "assignee_user_id": user });
            events.push(("ticket-assigned", id, Some(data)));
            events.push(("ticket-updated", id, None));
        }
        self.add_events(context, events);
    }

    fn check(&self, new: &NewTicket) -> Result<(), Refused> {
        let customer = new.customer.as_ref();
        self.customers.check_email(customer, &["customer"])?;
        for (index, message) in new.messages.iter().enumerate() {
            let (role, person) = message.customer();
            let path = ["messages", &index.to_string(), role];
            self.customers.check_email(person, &path)?;
        }
        self.check_tags(&new.tags)
    }

    /// Adds a ticket from a request or from loaded data. The ticket was checked before.
    pub(super) fn add_ticket(&mut self, new: NewTicket, context: Context<'_>) -> i64 {
        let now = context.now;
        let customer = customer_of(&new);
        let mut ticket = new.ticket;
        ticket.id = self.ids.tickets.take(new.id);
        ticket.customer_id =
            customer.map(|person| self.customers.resolve(&person, &mut self.ids, now));
        // Room for more messages than the ticket has would take up most of its memory.
        ticket.messages.reserve_exact(new.messages.len());
        for message in new.messages {
            let message = self.add_people(message, ticket.customer_id, context);
            ticket.messages.push(message);
        }
        let assignee = new.assignee_user.filter(|person| person.id > Some(0));
        ticket.assignee_user_id = assignee.map(|person| self.resolve_agent(&person, now));
        ticket.tag_ids = self.resolve_tags(new.tags, now);
        ticket.visible = context.visible;
        let id = ticket.id;
        self.insert(ticket);
        id
    }

    /// Adds to a message its id and the people it refers to.
    pub(super) fn add_people(
        &mut self,
        new: NewMessage,
        customer: Option<i64>,
        context: Context<'_>,
    ) -> Message {
        let mut message = new.message;
        let from_agent = message.from_agent;
        let known = |person: &NewPerson| person.id.is_some() || person.email.is_some();
        let sender = new.sender.filter(known);
        message.sender = match (from_agent, sender) {
            (false, None) => customer.map(Party::Customer),
            (_, Some(person)) => Some(self.party(from_agent, &person, context.now)),
            (true, None) => {
                let caller = context.caller.unwrap_or("application@example.com");
                Some(Party::Agent(self.add_caller(caller, context.now)))
            }
        };
        let receiver = new.receiver;
        message.receiver = receiver.map(|person| self.party(!from_agent, &person, context.now));
        message.id = self.ids.messages.take(new.id);
        message.visible = context.visible;
        message
    }

    /// Finds or creates an agent or a customer.
    fn party(&mut self, is_agent: bool, person: &NewPerson, now: Timestamp) -> Party {
        match is_agent {
            true => Party::Agent(self.resolve_agent(person, now)),
            false => Party::Customer(self.customers.resolve(person, &mut self.ids, now)),
        }
    }

    /// Returns the id of the assignee, who is created if unknown. Null and 0 mean no
    /// assignee.
    pub(super) fn assignee(&mut self, id: Option<i64>, now: Timestamp) -> Option<i64> {
        let id = id.filter(|&id| id > 0)?;
        let person = NewPerson {
            id: Some(id),
            ..NewPerson::default()
        };
        Some(self.resolve_agent(&person, now))
    }
}

/// Returns the ticket's customer: the one it names, or else the customer in its
/// first message.
fn customer_of(new: &NewTicket) -> Option<NewPerson> {
    if let Some(customer) = &new.customer {
        return Some(customer.clone());
    }
    let first = new.messages.first()?;
    let (person, address) = match first.message.from_agent {
        false => (&first.sender, "/from/address"),
        true => (&first.receiver, "/to/0/address"),
    };
    let address = || {
        let address = first.message.source.pointer(address)?.as_str()?;
        Some(reachable_at(&first.message.channel, address))
    };
    person.clone().or_else(address)
}

/// Returns the person with an address of a message's source.
fn reachable_at(channel: &str, address: &str) -> NewPerson {
    match address.contains('@') {
        true => NewPerson {
            email: Some(address.to_owned()),
            ..NewPerson::default()
        },
        false => NewPerson {
            channels: Some(vec![NewChannel::new(channel, address)]),
            ..NewPerson::default()
        },
    }
}

impl NewMessage {
    /// Returns the person who is a customer, and whether that is the sender or
    /// the receiver.
    pub(super) fn customer(&self) -> (&'static str, Option<&NewPerson>) {
        match self.message.from_agent {
            false => ("sender", self.sender.as_ref()),
            true => ("receiver", self.receiver.as_ref()),
        }
    }
}
