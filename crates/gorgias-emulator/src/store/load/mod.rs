//! Loads resources from JSON.

mod reader;

use std::fmt;

use serde_json::Value;

use self::reader::Loadable;

use super::customer::{Channel, Customer};
use super::{Context, Store};
use crate::document::{Document, Violation};
use crate::timestamp::Timestamp;

/// The error for data that can't be loaded. Nothing was loaded.
#[derive(Debug)]
pub struct LoadError {
    problems: Vec<Violation>,
}

impl LoadError {
    /// Returns each problem: a JSON pointer into the data, and a message.
    pub fn problems(&self) -> impl Iterator<Item = (String, &str)> {
        self.problems
            .iter()
            .map(|problem| (problem.pointer(), problem.message.as_str()))
    }
}

impl fmt::Display for LoadError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("nothing was loaded")?;
        for (index, (pointer, message)) in self.problems().enumerate() {
            let separator = if index == 0 { ": " } else { "; " };
            let message = message.trim_end_matches('.');
            write!(out, "{separator}{pointer}: {message}")?;
        }
        Ok(())
    }
}

impl std::error::Error for LoadError {}

impl Store {
    /// Loads all of `data` or nothing, and returns the number of tickets.
    pub(crate) fn load(
        &mut self,
        data: Value,
        document: &Document,
        now: Timestamp,
    ) -> Result<usize, LoadError> {
        let taken = self.tickets.keys().copied().collect();
        let loadable =
            reader::read(data, document, taken, now).map_err(|problems| LoadError { problems })?;
        let before = self.ticket_count();
        let context = Context {
            caller: None,
            now,
            visible: now,
        };
        for one in loadable {
            match one {
                Loadable::Customer(customer) => self.load_customer(*customer),
                Loadable::Resource(kind, id, given) => {
                    self.add(kind, id, &given, now);
                }
                Loadable::Ticket(ticket) => {
                    self.add_ticket(*ticket, context);
                }
            }
        }
        Ok(self.ticket_count().saturating_sub(before))
    }

    /// Adds a customer, unless it is known: several tickets may describe one
    /// customer.
    fn load_customer(&mut self, mut customer: Customer) {
        if self.customer(customer.id).is_some() {
            return;
        }
        self.ids.people.take(Some(customer.id));
        // The compact form of a customer has no channels.
        if let Some(email) = &customer.email
            && !customer
                .channels
                .iter()
                .any(|channel| channel.is("email", email))
        {
            let channel = Channel::new("email", email, true, customer.created_datetime);
            customer.channels.push(channel);
        }
        for channel in &mut customer.channels {
            let id = Some(channel.id).filter(|&id| id != 0);
            channel.id = self.ids.channels.take(id);
        }
        self.customers.insert(customer);
    }
}
