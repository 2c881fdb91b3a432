//! Checks and decodes data to load.

use std::collections::BTreeSet;

use serde::de::DeserializeOwned;
use serde_json::{Error, Map, Value, json};

use crate::document::{Document, Violation};
use crate::store::collection::{Resource, ResourceKind};
use crate::store::customer::{Channel, Customer};
use crate::store::new_ticket::{Format, NewTicket};
use crate::store::read::read as member;
use crate::store::values;
use crate::timestamp::Timestamp;

/// An entry that was checked and can be added.
pub(super) enum Entry {
    Customer(Box<Customer>),
    Resource(ResourceKind, i64, Resource),
    NewResource(ResourceKind, Resource),
    Ticket(Box<NewTicket>),
}

/// Checks and decodes all of `data`, or returns all problems. Tickets must not
/// have an id that is `taken`.
pub(super) fn read(
    data: Value,
    document: &Document,
    taken: BTreeSet<i64>,
    now: Timestamp,
) -> Result<Vec<Entry>, Vec<Violation>> {
    let mut reader = Reader {
        document,
        problems: Vec::new(),
        entries: Vec::new(),
        taken,
        now,
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
    now: Timestamp,
}

impl Reader<'_> {
    fn read(&mut self, data: Value) {
        match data {
            Value::Array(tickets) => self.read_tickets(tickets, &[]),
            Value::Object(mut data) => {
                for kind in ResourceKind::ALL {
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
                    let kinds = ResourceKind::ALL.map(ResourceKind::name).join(", ");
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
        match self.document.read_create(ticket) {
            Ok(ticket) => self.decode(&ticket, Format::Request, path),
            Err(violations) => self.report(violations, path),
        }
    }

    /// Reads an entry with an id: a ticket as the API returns it, or part of
    /// one.
    fn read_stored(&mut self, ticket: Value, path: &[String]) {
        let violations = self.document.loadable.violations(&ticket);
        if !violations.is_empty() {
            return self.report(violations, path);
        }
        let id = ticket.get("id").and_then(Value::as_i64);
        if id.is_some_and(|id| !self.taken.insert(id)) {
            let violation = Violation::new(&["id"], "This id is already taken.");
            return self.report(vec![violation], path);
        }
        if let Some(customer) = ticket.get("customer").filter(|one| one.is_object()) {
            let path = [path, &["customer".to_owned()]].concat();
            self.read_customer(customer.clone(), &path);
        }
        self.decode(&ticket, Format::Response, path);
    }

    fn decode(&mut self, ticket: &Value, format: Format, path: &[String]) {
        let Some(ticket) = ticket.as_object() else {
            return;
        };
        match NewTicket::read(ticket, format, self.now) {
            Ok(ticket) => self.entries.push(Entry::Ticket(Box::new(ticket))),
            Err(error) => self.report(vec![Violation::new(&[], error.to_string())], path),
        }
    }

    fn read_resource(&mut self, kind: ResourceKind, resource: Value, index: usize) {
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

    fn read_customer(&mut self, given: Value, path: &[String]) {
        match object(given).and_then(|given| customer(given, self.now)) {
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

fn object(value: Value) -> Result<Resource, Error> {
    serde_json::from_value(value)
}

/// Takes a member, which may be absent but not null.
fn take_or_default<T: Default + DeserializeOwned>(
    given: &mut Resource,
    member: &str,
) -> Result<T, Error> {
    let value = given.swap_remove(member);
    value.map_or_else(|| Ok(T::default()), serde_json::from_value)
}

/// Reads a customer. Another null counts as absent.
fn customer(mut given: Resource, now: Timestamp) -> Result<Customer, Error> {
    let fields: Resource = take_or_default(&mut given, "custom_fields")?;
    let channels: Vec<Resource> = take_or_default(&mut given, "channels")?;
    given.retain(|key, value| key == "external_data" || !value.is_null());
    let mut customer: Customer = with_times(given, now)?;
    customer.email = customer.email.map(|email| email.to_lowercase());
    customer.custom_fields = values::read(&Value::Object(fields));
    for channel in channels {
        customer.channels.push(self::channel(channel, now)?);
    }
    Ok(customer)
}

fn channel(mut given: Resource, now: Timestamp) -> Result<Channel, Error> {
    given.retain(|_, value| !value.is_null());
    let id: Option<i64> = member(&given, "id")?;
    given.entry("preferred").or_insert(json!(true));
    let mut channel: Channel = with_times(given, now)?;
    channel.id = id.unwrap_or_default();
    Ok(channel)
}

/// Reads something that was loaded. Without a time of its own it was created
/// now.
fn with_times<T: DeserializeOwned>(mut given: Resource, now: Timestamp) -> Result<T, Error> {
    let created = given
        .entry("created_datetime")
        .or_insert_with(|| json!(now));
    let created = created.clone();
    given.entry("updated_datetime").or_insert(created);
    serde_json::from_value(Value::Object(given))
}
