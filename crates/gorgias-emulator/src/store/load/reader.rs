//! Checks and decodes data to load.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::{Error, Value, json};

use crate::document::{Document, Violation};
use crate::store::collection::{Resource, ResourceKind};
use crate::store::customer::Customer;
use crate::store::new_ticket::{Format, NewTicket};
use crate::timestamp::Timestamp;

/// A checked item, which can be added to the store.
pub(super) enum Loadable {
    Customer(Box<Customer>),
    /// With its id, or without one.
    Resource(ResourceKind, Option<i64>, Resource),
    Ticket(Box<NewTicket>),
}

/// The parts to add for one item of the data, or the item's problems.
type Read = Result<Vec<Loadable>, Vec<Violation>>;

/// Checks and decodes all of `data`, or returns all problems. Tickets must not
/// have an id that is `taken`.
pub(super) fn read(data: Value, document: &Document, taken: BTreeSet<i64>, now: Timestamp) -> Read {
    let mut reader = Reader {
        document,
        problems: Vec::new(),
        loadable: Vec::new(),
        taken,
        resources: BTreeSet::new(),
        now,
    };
    reader.read(data);
    match reader.problems.is_empty() {
        true => Ok(reader.loadable),
        false => Err(reader.problems),
    }
}

struct Reader<'a> {
    document: &'a Document,
    problems: Vec<Violation>,
    loadable: Vec<Loadable>,
    taken: BTreeSet<i64>,
    /// The ids of the resources in the data.
    resources: BTreeSet<(ResourceKind, i64)>,
    now: Timestamp,
}

impl Reader<'_> {
    fn read(&mut self, data: Value) {
        match data {
            Value::Array(tickets) => self.read_each(&[], tickets, Self::ticket),
            Value::Object(mut data) => {
                for (kind, name) in ResourceKind::ALL {
                    self.read_member(&mut data, name, |reader, given| {
                        reader.resource(kind, given)
                    });
                }
                self.read_member(&mut data, "customers", |reader, given| {
                    Ok(vec![loadable_customer(given, reader.now)?])
                });
                self.read_member(&mut data, "tickets", Self::ticket);
                let kinds = ResourceKind::ALL.map(|(_, name)| name).join(", ");
                let message = format!(
                    "This key is not known; only customers, tickets, {kinds} can be loaded."
                );
                let others = data.keys().map(|key| Violation::new(&[key], &*message));
                self.problems.extend(others);
            }
            _ => self.problems.push(Violation::new(
                &[],
                "Must be an array of tickets, or an object with customers and tickets.",
            )),
        }
    }

    fn read_member(
        &mut self,
        data: &mut Resource,
        key: &str,
        read: impl Fn(&mut Self, Value) -> Read,
    ) {
        match data.shift_remove(key) {
            Some(Value::Array(items)) => self.read_each(&[key], items, read),
            Some(_) => {
                let violation = Violation::new(&[key], "Must be an array.");
                self.problems.push(violation);
            }
            None => {}
        }
    }

    fn read_each(
        &mut self,
        path: &[&str],
        items: Vec<Value>,
        read: impl Fn(&mut Self, Value) -> Read,
    ) {
        for (index, item) in items.into_iter().enumerate() {
            match read(self, item) {
                Ok(loadable) => self.loadable.extend(loadable),
                Err(violations) => {
                    let index = index.to_string();
                    let path = [path, &[&index]].concat();
                    self.problems.extend(within(violations, &path));
                }
            }
        }
    }

    /// Reads a ticket. A ticket with an id has the form in which the API returns it, of
    /// which members may be missing. A ticket without an id has the form of a create
    /// request.
    fn ticket(&mut self, ticket: Value) -> Read {
        let Some(id) = ticket.get("id") else {
            let ticket = self.document.read_create(ticket)?;
            return Ok(vec![self.loadable_ticket(&ticket, Format::Request)?]);
        };
        let violations = self.document.loadable.violations(&ticket);
        if !violations.is_empty() {
            return Err(violations);
        }
        if id.as_i64().is_some_and(|id| !self.taken.insert(id)) {
            return Err(is_taken());
        }
        let customer = ticket.get("customer").filter(|one| one.is_object());
        let customer = customer.map(|customer| loadable_customer(customer.clone(), self.now));
        let customer = customer.transpose();
        let customer = customer.map_err(|violations| within(violations, &["customer"]))?;
        let ticket = self.loadable_ticket(&ticket, Format::Response)?;
        Ok(customer.into_iter().chain([ticket]).collect())
    }

    fn resource(&mut self, kind: ResourceKind, given: Value) -> Read {
        let Value::Object(given) = given else {
            return Err(vec![Violation::new(&[], "Must be an object.")]);
        };
        let id = match given.get("id").map(Value::as_i64) {
            Some(None) => return Err(vec![Violation::new(&["id"], "Must be an integer.")]),
            id => id.flatten(),
        };
        match id.is_some_and(|id| !self.resources.insert((kind, id))) {
            true => Err(is_taken()),
            false => Ok(vec![Loadable::Resource(kind, id, given)]),
        }
    }

    fn loadable_ticket(&self, ticket: &Value, format: Format) -> Result<Loadable, Vec<Violation>> {
        let ticket = Resource::deserialize(ticket)
            .and_then(|ticket| NewTicket::read(&ticket, format, self.now));
        ticket
            .map(|ticket| Loadable::Ticket(Box::new(ticket)))
            .map_err(unreadable)
    }
}

/// Returns the violations with paths from an outer value, which has this value at `path`.
fn within(violations: Vec<Violation>, path: &[&str]) -> Vec<Violation> {
    let violations = violations.into_iter();
    violations.map(|violation| violation.within(path)).collect()
}

fn unreadable(error: Error) -> Vec<Violation> {
    vec![Violation::new(&[], error.to_string())]
}

fn is_taken() -> Vec<Violation> {
    vec![Violation::new(&["id"], "This id is already taken.")]
}

/// Reads a customer. A member that is null counts as absent.
fn loadable_customer(mut given: Value, now: Timestamp) -> Result<Loadable, Vec<Violation>> {
    complete(&mut given, now);
    let channels = given.get_mut("channels").and_then(Value::as_array_mut);
    for channel in channels.into_iter().flatten() {
        complete(channel, now);
    }
    let mut customer: Customer = serde_json::from_value(given).map_err(unreadable)?;
    customer.email = customer.email.map(|email| email.to_lowercase());
    Ok(Loadable::Customer(Box::new(customer)))
}

/// Removes members that are null, and adds the times that are missing. Without a
/// time of its own, the resource was created now.
fn complete(given: &mut Value, now: Timestamp) {
    if let Some(given) = given.as_object_mut() {
        given.retain(|_, value| !value.is_null());
        let created = given
            .entry("created_datetime")
            .or_insert_with(|| json!(now));
        let created = created.clone();
        given.entry("updated_datetime").or_insert(created);
    }
}
