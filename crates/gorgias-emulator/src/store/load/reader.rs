//! Checks and decodes data to load.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::document::{Document, Violation};
use crate::request::{Loaded, NewTicket};
use crate::store::collection::{Kind, Resource};
use crate::timestamp::Timestamp;

#[derive(Deserialize)]
pub(super) struct LoadedCustomer {
    pub(super) id: i64,
    pub(super) email: Option<String>,
    pub(super) name: Option<String>,
    pub(super) meta: Option<Value>,
    #[serde(default)]
    pub(super) channels: Vec<LoadedChannel>,
    pub(super) external_id: Option<String>,
    pub(super) note: Option<String>,
    pub(super) language: Option<String>,
    pub(super) timezone: Option<String>,
    pub(super) data: Option<Value>,
    #[serde(default)]
    pub(super) external_data: Map<String, Value>,
    #[serde(default)]
    pub(super) custom_fields: Map<String, Value>,
    pub(super) created_datetime: Option<Timestamp>,
    pub(super) updated_datetime: Option<Timestamp>,
}

#[derive(Deserialize)]
pub(super) struct LoadedChannel {
    pub(super) id: Option<i64>,
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) address: String,
    pub(super) preferred: Option<bool>,
    pub(super) created_datetime: Option<Timestamp>,
    pub(super) updated_datetime: Option<Timestamp>,
}

/// An entry that was checked and can be added.
pub(super) enum Entry {
    Customer(Box<LoadedCustomer>),
    Resource(Kind, i64, Resource),
    NewResource(Kind, Resource),
    Ticket(Box<NewTicket>),
}

/// Checks and decodes all of `data`, or returns all problems. Tickets must not
/// have an id that is `taken`.
pub(super) fn read(
    data: Value,
    document: &Document,
    taken: BTreeSet<i64>,
) -> Result<Vec<Entry>, Vec<Violation>> {
    let mut reader = Reader {
        document,
        problems: Vec::new(),
        entries: Vec::new(),
        taken,
    };
    reader.read(data);
    if reader.problems.is_empty() {
        Ok(reader.entries)
    } else {
        Err(reader.problems)
    }
}

struct Reader<'a> {
    document: &'a Document,
    problems: Vec<Violation>,
    entries: Vec<Entry>,
    taken: BTreeSet<i64>,
}

impl Reader<'_> {
    fn read(&mut self, data: Value) {
        match data {
            Value::Array(tickets) => self.read_tickets(tickets, &[]),
            Value::Object(mut data) => {
                for kind in Kind::ALL {
                    let resources = self.take_array(&mut data, kind.name());
                    for (index, resource) in resources.into_iter().enumerate() {
                        self.read_resource(kind, resource, index);
                    }
                }
                let customers = self.take_array(&mut data, "customers");
                for (index, customer) in customers.into_iter().enumerate() {
                    let path = ["customers".to_owned(), index.to_string()];
                    self.read_customer(customer, &path);
                }
                let tickets = self.take_array(&mut data, "tickets");
                self.read_tickets(tickets, &["tickets"]);
                for key in data.keys() {
                    let kinds = Kind::ALL.map(Kind::name).join(", ");
                    let message = format!("Only customers, tickets, {kinds} are loaded.");
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

    /// Reads an entry without an id: the body of a create request.
    fn read_request(&mut self, ticket: Value, path: &[String]) {
        let violations = self.document.check_create(&ticket);
        if violations.is_empty() {
            self.decode(ticket, None, path);
        }
        self.report(violations, path);
    }

    /// Reads an entry with an id: a ticket as the API returns it, or part of
    /// one.
    fn read_stored(&mut self, mut ticket: Value, path: &[String]) {
        let violations = self.document.loadable.violations(&ticket);
        if !violations.is_empty() {
            self.report(violations, path);
            return;
        }
        let loaded = match Loaded::deserialize(&ticket) {
            Ok(loaded) => loaded,
            Err(error) => {
                self.report(vec![Violation::new(&[], error.to_string())], path);
                return;
            }
        };
        if !self.taken.insert(loaded.id) {
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
        if let Some(ticket) = ticket.as_object_mut() {
            as_request(ticket);
        }
        self.decode(ticket, Some(loaded), path);
    }

    fn decode(&mut self, ticket: Value, loaded: Option<Loaded>, path: &[String]) {
        match serde_json::from_value::<NewTicket>(ticket) {
            Ok(mut ticket) => {
                let messages = loaded.iter().flat_map(|loaded| &loaded.messages);
                for (message, loaded) in ticket.messages.iter_mut().zip(messages) {
                    message.loaded = Some(loaded.clone());
                }
                ticket.loaded = loaded;
                self.entries.push(Entry::Ticket(Box::new(ticket)));
            }
            Err(error) => self.report(vec![Violation::new(&[], error.to_string())], path),
        }
    }

    fn read_resource(&mut self, kind: Kind, resource: Value, index: usize) {
        let path = [kind.name().to_owned(), index.to_string()];
        match resource {
            Value::Object(given) => self.entries.push(match given.get("id") {
                Some(id) => match id.as_i64() {
                    Some(id) => Entry::Resource(kind, id, given),
                    None => {
                        let violation = Violation::new(&["id"], "Must be an integer.");
                        return self.report(vec![violation], &path);
                    }
                },
                None => Entry::NewResource(kind, given),
            }),
            _ => self.report(vec![Violation::new(&[], "Must be an object.")], &path),
        }
    }

    fn read_customer(&mut self, customer: Value, path: &[String]) {
        match serde_json::from_value(customer) {
            Ok(customer) => self.entries.push(Entry::Customer(Box::new(customer))),
            Err(error) => self.report(vec![Violation::new(&[], error.to_string())], path),
        }
    }

    fn take_array(&mut self, data: &mut Map<String, Value>, key: &str) -> Vec<Value> {
        match data.shift_remove(key) {
            Some(Value::Array(items)) => return items,
            Some(_) => self
                .problems
                .push(Violation::new(&[key], "Must be an array.")),
            None => {}
        }
        Vec::new()
    }

    fn report(&mut self, violations: Vec<Violation>, prefix: &[String]) {
        self.problems
            .extend(violations.into_iter().map(|mut violation| {
                violation.path.splice(0..0, prefix.iter().cloned());
                violation
            }));
    }
}

/// Changes a ticket in the form of a response to that of a request: adds
/// messages and their required members, and makes the custom fields an array.
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
