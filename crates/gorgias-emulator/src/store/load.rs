//! Filling the store from JSON, and writing it out again.

use std::collections::BTreeSet;
use std::fmt;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::Store;
use super::people::{Channel, Customer};
use crate::document::{Document, Violation};
use crate::timestamp::Timestamp;
use crate::wire::customer::CustomerView;
use crate::wire::request::{Loaded, NewTicket};
use crate::wire::ticket::{Answer, TicketView};

/// What is wrong with a document that was to be loaded. Nothing was loaded.
#[derive(Debug)]
pub struct LoadError {
    problems: Vec<Violation>,
}

impl LoadError {
    /// Each problem: a JSON pointer into what was to be loaded, and what is
    /// wrong there.
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

#[derive(Deserialize)]
struct LoadedCustomer {
    id: i64,
    email: Option<String>,
    name: Option<String>,
    meta: Option<Value>,
    #[serde(default)]
    channels: Vec<LoadedChannel>,
    external_id: Option<String>,
    note: Option<String>,
}

#[derive(Deserialize)]
struct LoadedChannel {
    id: Option<i64>,
    #[serde(rename = "type")]
    kind: String,
    address: String,
    preferred: Option<bool>,
    created_datetime: Option<Timestamp>,
    updated_datetime: Option<Timestamp>,
}

/// One entry that has been checked and can be applied.
enum Entry {
    Customer(LoadedCustomer),
    Ticket(Box<NewTicket>),
}

impl Store {
    /// Loads all of `data` or nothing; returns the number of tickets.
    pub(crate) fn load(
        &mut self,
        data: Value,
        document: &Document,
        now: Timestamp,
    ) -> Result<usize, LoadError> {
        let mut reader = Reader {
            document,
            problems: Vec::new(),
            entries: Vec::new(),
            ids: self.tickets.keys().copied().collect(),
        };
        reader.read(data);
        if !reader.problems.is_empty() {
            return Err(LoadError {
                problems: reader.problems,
            });
        }
        let before = self.ticket_count();
        for entry in reader.entries {
            match entry {
                Entry::Customer(customer) => self.load_customer(customer, now),
                Entry::Ticket(ticket) => {
                    self.create(*ticket, None, now).map_err(|_| LoadError {
                        problems: vec![Violation::new(&[], "Two customers have one e-mail.")],
                    })?;
                }
            }
        }
        Ok(self.ticket_count().saturating_sub(before))
    }

    /// The first description of a customer is kept; later ones, as tickets
    /// repeat them, only add to it.
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
        self.people.insert(Customer {
            id: loaded.id,
            email: loaded.email.map(|email| email.to_lowercase()),
            name: loaded.name,
            meta: loaded.meta,
            channels,
            external_id: loaded.external_id,
            note: loaded.note,
        });
    }

    /// Everything, in the form [`load`](Self::load) takes.
    pub(crate) fn dump(&self) -> Value {
        let customers = self.people.customers();
        let customers: Vec<_> = customers
            .into_iter()
            .map(|customer| CustomerView::new(customer, true))
            .collect();
        let answer = Answer::Read {
            custom_fields: true,
        };
        let tickets: Vec<_> = self
            .tickets()
            .map(|ticket| TicketView::new(self, ticket, answer))
            .collect();
        json!({ "customers": customers, "tickets": tickets })
    }
}

/// Checks and decodes; touches no state.
struct Reader<'a> {
    document: &'a Document,
    problems: Vec<Violation>,
    entries: Vec<Entry>,
    ids: BTreeSet<i64>,
}

impl Reader<'_> {
    fn read(&mut self, data: Value) {
        match data {
            Value::Array(tickets) => self.read_tickets(tickets, &[]),
            Value::Object(mut data) => {
                for (index, customer) in take_array(&mut data, "customers").into_iter().enumerate()
                {
                    let path = ["customers".to_owned(), index.to_string()];
                    self.read_customer(customer, &path);
                }
                let tickets = take_array(&mut data, "tickets");
                self.read_tickets(tickets, &["tickets"]);
                for key in data.keys() {
                    let message = "Only customers and tickets are loaded.";
                    self.problems.push(Violation::new(&[key], message));
                }
            }
            _ => self.problems.push(Violation::new(
                &[],
                "Must be an array of tickets, or an object with customers and tickets.",
            )),
        }
    }

    fn read_tickets(&mut self, tickets: Vec<Value>, prefix: &[&str]) {
        for (index, ticket) in tickets.into_iter().enumerate() {
            let mut path: Vec<String> = prefix.iter().map(|&key| key.to_owned()).collect();
            path.push(index.to_string());
            if ticket.get("id").is_some() {
                self.read_stored(ticket, &path);
            } else {
                self.read_request(ticket, &path);
            }
        }
    }

    /// An entry without an id: the body of a create request.
    fn read_request(&mut self, ticket: Value, path: &[String]) {
        let violations = self.document.check_create(&ticket);
        if violations.is_empty() {
            self.decode(ticket, None, path);
        }
        self.report(violations, path);
    }

    /// An entry with an id: a ticket as the API returns it, or part of one.
    fn read_stored(&mut self, mut ticket: Value, path: &[String]) {
        let violations = self.document.loadable.violations(&ticket);
        if !violations.is_empty() {
            self.report(violations, path);
            return;
        }
        let id = ticket.get("id").and_then(Value::as_i64).unwrap_or_default();
        if !self.ids.insert(id) {
            let violation = Violation::new(&["id"], "This id is already taken.");
            self.report(vec![violation], path);
            return;
        }
        if let Some(customer) = ticket
            .get("customer")
            .filter(|customer| customer.is_object())
        {
            let mut path = path.to_vec();
            path.push("customer".to_owned());
            self.read_customer(customer.clone(), &path);
        }
        let loaded = Loaded {
            id,
            is_unread: ticket.get("is_unread").and_then(Value::as_bool),
        };
        if let Some(ticket) = ticket.as_object_mut() {
            as_request(ticket);
        }
        self.decode(ticket, Some(loaded), path);
    }

    fn decode(&mut self, ticket: Value, loaded: Option<Loaded>, path: &[String]) {
        let ids: Vec<Option<i64>> = ticket
            .get("messages")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .map(|message| message.get("id").and_then(Value::as_i64))
            .collect();
        match serde_json::from_value::<NewTicket>(ticket) {
            Ok(mut ticket) => {
                if loaded.is_some() {
                    for (message, id) in ticket.messages.iter_mut().zip(ids) {
                        message.id = id;
                    }
                }
                ticket.loaded = loaded;
                self.entries.push(Entry::Ticket(Box::new(ticket)));
            }
            Err(error) => self.report(vec![Violation::new(&[], error.to_string())], path),
        }
    }

    fn read_customer(&mut self, customer: Value, path: &[String]) {
        match serde_json::from_value(customer) {
            Ok(customer) => self.entries.push(Entry::Customer(customer)),
            Err(error) => self.report(vec![Violation::new(&[], error.to_string())], path),
        }
    }

    fn report(&mut self, violations: Vec<Violation>, prefix: &[String]) {
        self.problems
            .extend(violations.into_iter().map(|mut violation| {
                violation.path.splice(0..0, prefix.iter().cloned());
                violation
            }));
    }
}

fn take_array(data: &mut Map<String, Value>, key: &str) -> Vec<Value> {
    match data.shift_remove(key) {
        Some(Value::Array(items)) => items,
        _ => Vec::new(),
    }
}

/// Bends a response's ticket into the shape of a request: messages are there
/// and say what they must, custom fields are an array.
fn as_request(ticket: &mut Map<String, Value>) {
    let channel = ticket.get("channel").cloned().unwrap_or(json!("api"));
    let from_agent = ticket.get("from_agent").cloned();
    let from_agent = from_agent.filter(Value::is_boolean).unwrap_or(json!(false));
    let messages = ticket.entry("messages").or_insert_with(|| json!([]));
    for message in messages.as_array_mut().into_iter().flatten() {
        if let Some(message) = message.as_object_mut() {
            message.entry("channel").or_insert_with(|| channel.clone());
            message
                .entry("from_agent")
                .or_insert_with(|| from_agent.clone());
        }
    }
    if let Some(Value::Object(fields)) = ticket.get("custom_fields") {
        let fields: Vec<Value> = fields
            .iter()
            .filter_map(|(id, field)| {
                let id: i64 = id.parse().ok()?;
                Some(json!({ "id": id, "value": field.get("value") }))
            })
            .collect();
        ticket.insert("custom_fields".to_owned(), json!(fields));
    }
}
