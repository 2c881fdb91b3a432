//! Loads resources from JSON.

mod reader;

use std::fmt;

use serde_json::Value;

use self::reader::Loadable;

use super::Store;
use super::context::Context;
use super::customer::{Channel, Customer};
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
        out.write_str("tickets not loaded")?;
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
                Loadable::Resource(kind, id, given) => self.keep(kind, id, &given, now),
                Loadable::NewResource(kind, given) => {
                    self.add(kind, &given, now);
                }
                Loadable::Ticket(ticket) => {
                    self.place(*ticket, context);
                }
            }
        }
        Ok(self.ticket_count().saturating_sub(before))
    }

    /// Adds a customer. Of several descriptions, as tickets repeat them, the
    /// first counts, and later ones only add to it.
    fn load_customer(&mut self, mut customer: Customer) {
        if self.customer(customer.id).is_some() {
            return;
        }
        self.ids.people.skip_past(customer.id);
        for channel in &mut customer.channels {
            // A channel that was loaded without an id has 0.
            if channel.id == 0 {
                channel.id = self.ids.channels.next();
            }
            self.ids.channels.skip_past(channel.id);
        }
        let email = customer.email.clone();
        let is_listed = |email: &String| {
            let mut channels = customer.channels.iter();
            channels.any(|it| it.kind == "email" && it.address.eq_ignore_ascii_case(email))
        };
        // The compact form of a customer has no channels.
        if let Some(email) = email.filter(|email| !is_listed(email)) {
            let (id, created) = (self.ids.channels.next(), customer.created_datetime);
            let channel = Channel::new(id, "email", &email, true, created);
            customer.channels.push(channel);
        }
        self.customers.insert(customer);
    }
}
