//! Loads resources from JSON.

mod reader;

use std::fmt;

use serde_json::{Map, Value};

use self::reader::{Entry, LoadedCustomer};

use super::Store;
use super::create::Context;
use super::people::{Channel, Customer};
use super::values::Values;
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
        let entries =
            reader::read(data, document, taken).map_err(|problems| LoadError { problems })?;
        let before = self.ticket_count();
        let context = Context {
            caller: None,
            now,
            visible: now,
        };
        for entry in entries {
            match entry {
                Entry::Customer(customer) => self.load_customer(*customer, now),
                Entry::Resource(kind, id, given) => self.keep(kind, id, &given, now),
                Entry::NewResource(kind, given) => {
                    self.add(kind, &given, now);
                }
                Entry::Ticket(ticket) => {
                    self.place(*ticket, context);
                }
            }
        }
        Ok(self.ticket_count().saturating_sub(before))
    }

    /// Adds a customer. Of several descriptions, as tickets repeat them, the
    /// first counts, and later ones only add to it.
    fn load_customer(&mut self, loaded: LoadedCustomer, now: Timestamp) {
        if self.people.customer(loaded.id).is_some() {
            return;
        }
        self.ids.people.skip_past(loaded.id);
        let mut channels = Vec::with_capacity(loaded.channels.len());
        for channel in loaded.channels {
            let id = match channel.id {
                Some(id) => id,
                None => self.ids.channels.next(),
            };
            self.ids.channels.skip_past(id);
            let created = channel.created_datetime.unwrap_or(now);
            channels.push(Channel {
                id,
                kind: channel.kind,
                address: channel.address,
                preferred: channel.preferred.unwrap_or(true),
                created,
                updated: channel.updated_datetime.unwrap_or(created),
            });
        }
        let created = loaded.created_datetime.unwrap_or(now);
        self.people.insert(Customer {
            id: loaded.id,
            email: loaded.email.map(|email| email.to_lowercase()),
            name: loaded.name,
            meta: loaded.meta,
            channels,
            external_id: loaded.external_id,
            note: loaded.note,
            language: loaded.language,
            timezone: loaded.timezone,
            data: loaded.data,
            data_version: None,
            external_data: loaded.external_data,
            custom_fields: values(&loaded.custom_fields),
            created,
            updated: loaded.updated_datetime.unwrap_or(created),
        });
    }
}

/// Reads values of custom fields from a map by the id of the field.
fn values(fields: &Map<String, Value>) -> Values {
    let fields = fields.iter().filter_map(|(id, field)| {
        let value = field.get("value")?.clone();
        Some((id.parse().ok()?, value))
    });
    fields.collect()
}
