//! Derives members that a request leaves out from its other members.

use super::new_ticket::{NewMessage, NewTicket};
use super::read::{NewChannel, NewPerson};

/// Returns the ticket's customer: the one it names, or else the customer in its
/// first message.
pub(super) fn customer_of(new: &NewTicket) -> Option<NewPerson> {
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

/// Returns the customers that a request names, each with the path of an e-mail
/// address.
pub(super) fn customers(new: &NewTicket) -> Vec<(Vec<String>, &NewPerson)> {
    let path = |segments: &[&str]| segments.iter().map(|&segment| segment.to_owned()).collect();
    let own = new.customer.iter();
    let mut customers: Vec<_> = own
        .map(|person| (path(&["customer", "email"]), person))
        .collect();
    for (index, message) in new.messages.iter().enumerate() {
        let (role, person) = message.customer();
        if let Some(person) = person {
            let index = index.to_string();
            customers.push((path(&["messages", &index, role, "email"]), person));
        }
    }
    customers
}

/// Returns the person with an address of a message's source.
fn reachable_at(channel: &str, address: &str) -> NewPerson {
    if address.contains('@') {
        return NewPerson {
            email: Some(address.to_owned()),
            ..NewPerson::default()
        };
    }
    NewPerson {
        channels: Some(vec![NewChannel {
            kind: channel.to_owned(),
            address: address.to_owned(),
            preferred: None,
        }]),
        ..NewPerson::default()
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
