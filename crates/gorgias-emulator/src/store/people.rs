//! Customers and agents: found by id or e-mail, created when new, updated by
//! whatever else a request says about them.

use std::collections::HashMap;

use serde_json::{Value, json};

use crate::ids::Ids;
use crate::timestamp::Timestamp;
use crate::wire::request::NewPerson;

/// Who sent or got a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Party {
    Customer(i64),
    Agent(i64),
}

#[derive(Clone, Debug)]
pub(crate) struct Customer {
    pub(crate) id: i64,
    pub(crate) email: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) meta: Option<Value>,
    pub(crate) channels: Vec<Channel>,
    pub(crate) external_id: Option<String>,
    pub(crate) note: Option<String>,
}

/// An address a customer can be reached at.
#[derive(Clone, Debug)]
pub(crate) struct Channel {
    pub(crate) id: i64,
    pub(crate) kind: String,
    pub(crate) address: String,
    pub(crate) preferred: bool,
    pub(crate) created: Timestamp,
    pub(crate) updated: Timestamp,
}

#[derive(Clone, Debug)]
pub(crate) struct Agent {
    pub(crate) id: i64,
    pub(crate) email: Option<String>,
    pub(crate) name: Option<String>,
}

impl Customer {
    /// The name up to its first space; empty without a name.
    pub(crate) fn firstname(&self) -> &str {
        let name = self.name.as_deref().unwrap_or_default();
        name.split_once(' ').map_or(name, |(first, _)| first)
    }

    /// The name after its first space; empty without one.
    pub(crate) fn lastname(&self) -> &str {
        let name = self.name.as_deref().unwrap_or_default();
        name.split_once(' ').map_or("", |(_, last)| last)
    }
}

/// Another customer already has the e-mail a request wants to give to one.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct EmailTaken;

/// All customers and agents.
#[derive(Debug, Default)]
pub(crate) struct People {
    customers: HashMap<i64, Customer>,
    agents: HashMap<i64, Agent>,
    /// Customers by kind of channel and address; e-mail in lower case.
    by_channel: HashMap<(String, String), i64>,
    agents_by_email: HashMap<String, i64>,
}

/// Addresses are compared in lower case, and e-mail is kept that way.
fn normal(address: &str) -> String {
    address.trim().to_lowercase()
}

/// An empty e-mail says as much as none.
fn email(person: &NewPerson) -> Option<String> {
    person
        .email
        .as_deref()
        .map(normal)
        .filter(|email| !email.is_empty())
}

impl People {
    pub(crate) fn customer(&self, id: i64) -> Option<&Customer> {
        self.customers.get(&id)
    }

    pub(crate) fn agent(&self, id: i64) -> Option<&Agent> {
        self.agents.get(&id)
    }

    /// All customers, by id.
    pub(crate) fn customers(&self) -> Vec<&Customer> {
        let mut customers: Vec<&Customer> = self.customers.values().collect();
        customers.sort_by_key(|customer| customer.id);
        customers
    }

    /// Puts a customer in as is.
    pub(crate) fn insert(&mut self, customer: Customer) {
        for channel in &customer.channels {
            let key = (channel.kind.clone(), normal(&channel.address));
            self.by_channel.insert(key, customer.id);
        }
        self.customers.insert(customer.id, customer);
    }

    /// The customer a request means, if there already is one.
    fn find(&self, person: &NewPerson) -> Option<i64> {
        if let Some(id) = person.id.filter(|id| self.customers.contains_key(id)) {
            return Some(id);
        }
        let by_address = |kind: &str, address: String| {
            let key = (kind.to_owned(), address);
            self.by_channel.get(&key).copied()
        };
        if let Some(email) = email(person) {
            return by_address("email", email);
        }
        person
            .channels
            .iter()
            .flatten()
            .find_map(|channel| by_address(&channel.kind, normal(&channel.address)))
    }

    /// Whether the person can be resolved without taking another's e-mail.
    pub(crate) fn check(&self, person: &NewPerson) -> Result<(), EmailTaken> {
        let (Some(found), Some(email)) = (self.find(person), email(person)) else {
            return Ok(());
        };
        match self.by_channel.get(&("email".to_owned(), email)) {
            Some(&owner) if owner != found => Err(EmailTaken),
            _ => Ok(()),
        }
    }

    /// Finds or creates the customer and updates it. An id nobody has yet is
    /// taken as it is, so that no store has to be prepared for a test.
    pub(crate) fn resolve(&mut self, person: &NewPerson, ids: &mut Ids, now: Timestamp) -> i64 {
        let id = self.find(person).unwrap_or_else(|| {
            let id = person.id.filter(|&id| id > 0);
            let id = id.unwrap_or_else(|| ids.people.next());
            ids.people.skip_past(id);
            self.customers.insert(id, Customer::new(id));
            id
        });
        self.update(id, person, ids, now);
        id
    }

    fn update(&mut self, id: i64, person: &NewPerson, ids: &mut Ids, now: Timestamp) {
        let Some(customer) = self.customers.get_mut(&id) else {
            return;
        };
        let mut addresses: Vec<(String, String)> = Vec::new();
        if let Some(email) = email(person) {
            customer.email = Some(email.clone());
            addresses.push(("email".to_owned(), email));
        }
        for channel in person.channels.iter().flatten() {
            addresses.push((channel.kind.clone(), channel.address.clone()));
        }
        for (kind, address) in addresses {
            let key = (kind, normal(&address));
            if self.by_channel.get(&key).is_none_or(|owner| *owner != id) {
                customer.channels.push(Channel {
                    id: ids.channels.next(),
                    kind: key.0.clone(),
                    address,
                    preferred: customer.channels.iter().all(|other| other.kind != key.0),
                    created: now,
                    updated: now,
                });
                self.by_channel.insert(key, id);
            }
        }
        fn set<T: Clone>(field: &mut Option<T>, value: &Option<T>) {
            if value.is_some() {
                field.clone_from(value);
            }
        }
        set(&mut customer.name, &person.name);
        set(&mut customer.external_id, &person.external_id);
        set(&mut customer.note, &person.note);
        set(&mut customer.meta, &person.meta);
    }

    /// Finds or creates an agent by id or e-mail.
    pub(crate) fn resolve_agent(&mut self, person: &NewPerson, ids: &mut Ids) -> i64 {
        let email = email(person);
        let known = person
            .id
            .filter(|id| self.agents.contains_key(id))
            .or_else(|| self.agents_by_email.get(email.as_ref()?).copied());
        let id = known.unwrap_or_else(|| {
            let id = person.id.filter(|&id| id > 0);
            let id = id.unwrap_or_else(|| ids.people.next());
            ids.people.skip_past(id);
            let email = email.unwrap_or_else(|| format!("agent-{id}@example.com"));
            self.agents_by_email.insert(email.clone(), id);
            let agent = Agent {
                id,
                name: Some(format!("Agent {id}")),
                email: Some(email),
            };
            self.agents.insert(id, agent);
            id
        });
        if let (Some(agent), Some(name)) = (self.agents.get_mut(&id), &person.name) {
            agent.name = Some(name.clone());
        }
        id
    }
}

impl Customer {
    fn new(id: i64) -> Self {
        Self {
            id,
            email: None,
            name: None,
            // Recorded for a customer that was made through the API.
            meta: Some(json!({ "name_set_via": "agent" })),
            channels: Vec::new(),
            external_id: None,
            note: None,
        }
    }
}
