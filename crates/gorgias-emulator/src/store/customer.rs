//! Customers. They are found by id or address, created if they are unknown, and updated
//! with the other members that a request has for them.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::names::{first_word, last_word};
use super::read::{NewChannel, NewPerson, yes};
use super::refused::Refused;
use super::values::{self, Values};
use crate::ids::Ids;
use crate::timestamp::Timestamp;

/// A customer. Its members have the names of the API.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub(crate) struct Customer {
    pub(crate) id: i64,
    pub(crate) email: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) meta: Option<Value>,
    #[serde(default)]
    pub(crate) channels: Vec<Channel>,
    pub(crate) external_id: Option<String>,
    pub(crate) note: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) timezone: Option<String>,
    pub(crate) data: Option<Value>,
    /// The version of the data that was set last.
    #[serde(skip)]
    pub(crate) data_version: Option<Timestamp>,
    /// The data set by applications, by the application's id.
    #[serde(default)]
    pub(crate) external_data: Map<String, Value>,
    #[serde(default, deserialize_with = "values::deserialize")]
    pub(crate) custom_fields: Values,
    pub(crate) created_datetime: Timestamp,
    pub(crate) updated_datetime: Timestamp,
}

/// An address a customer can be reached at. Its members have the names of the
/// API.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub(crate) struct Channel {
    /// 0 in loaded data without an id, until the channel gets one.
    #[serde(default)]
    pub(crate) id: i64,
    #[serde(rename = "type")]
    pub(crate) kind: String,
    pub(crate) address: String,
    #[serde(default = "yes")]
    pub(crate) preferred: bool,
    pub(crate) created_datetime: Timestamp,
    pub(crate) updated_datetime: Timestamp,
}

pub(super) const EMAIL_TAKEN: &str = "This e-mail address belongs to another customer.";

impl Customer {
    /// Makes a customer without members. It has no `meta`, as recorded for a
    /// customer that was created with a ticket.
    pub(super) fn new(id: i64, now: Timestamp) -> Self {
        Self {
            id,
            created_datetime: now,
            updated_datetime: now,
            ..Self::default()
        }
    }

    pub(crate) fn firstname(&self) -> &str {
        first_word(self.name.as_deref())
    }

    pub(crate) fn lastname(&self) -> &str {
        last_word(self.name.as_deref())
    }
}

impl Channel {
    pub(super) fn new(kind: &str, address: &str, preferred: bool, now: Timestamp) -> Self {
        Self {
            id: 0,
            kind: kind.to_owned(),
            address: address.to_owned(),
            preferred,
            created_datetime: now,
            updated_datetime: now,
        }
    }

    /// Whether the channel has this type and this address.
    pub(super) fn is(&self, kind: &str, address: &str) -> bool {
        self.kind == kind && normal(&self.address) == normal(address)
    }
}

/// All customers.
#[derive(Debug, Default)]
pub(crate) struct Customers {
    pub(super) by_id: BTreeMap<i64, Customer>,
    /// The customers by type of channel and address.
    by_channel: HashMap<(String, String), i64>,
}

/// Returns the key of an address in `by_channel`.
fn key(kind: &str, address: &str) -> (String, String) {
    (kind.to_owned(), normal(address))
}

/// Returns an address in the form in which addresses are compared and e-mail addresses
/// are stored: without surrounding space and in lower case.
fn normal(address: &str) -> String {
    address.trim().to_lowercase()
}

/// Returns a person's e-mail address. An empty one counts as none.
pub(super) fn email(person: &NewPerson) -> Option<String> {
    let email = person.email.as_deref().map(normal);
    email.filter(|email| !email.is_empty())
}

impl Customers {
    /// Adds a customer unchanged.
    pub(crate) fn insert(&mut self, customer: Customer) {
        for channel in &customer.channels {
            let key = key(&channel.kind, &channel.address);
            self.by_channel.insert(key, customer.id);
        }
        self.by_id.insert(customer.id, customer);
    }

    /// Returns the id of the customer whom a request means, if the customer exists.
    fn find(&self, person: &NewPerson) -> Option<i64> {
        if let Some(id) = person.id.filter(|id| self.by_id.contains_key(id)) {
            return Some(id);
        }
        if let Some(email) = email(person) {
            return self.owner("email", &email);
        }
        let mut channels = person.channels.iter().flatten();
        channels.find_map(|channel| self.owner(&channel.kind, &channel.address))
    }

    pub(super) fn customer_mut(&mut self, id: i64) -> Option<&mut Customer> {
        self.by_id.get_mut(&id)
    }

    /// Returns the id of the customer with this address.
    pub(super) fn owner(&self, kind: &str, address: &str) -> Option<i64> {
        self.by_channel.get(&key(kind, address)).copied()
    }

    pub(super) fn remove(&mut self, id: i64) -> Option<Customer> {
        self.by_channel.retain(|_, owner| *owner != id);
        self.by_id.remove(&id)
    }

    /// Sets a customer's addresses. Addresses that the customer has already keep their
    /// ids.
    pub(super) fn set_channels(
        &mut self,
        id: i64,
        channels: &[NewChannel],
        ids: &mut Ids,
        now: Timestamp,
    ) {
        self.by_channel.retain(|_, owner| *owner != id);
        let Some(customer) = self.by_id.get_mut(&id) else {
            return;
        };
        let old = std::mem::take(&mut customer.channels);
        for channel in channels {
            self.add_channel(id, channel, &old, ids, now);
        }
    }

    /// Gives an address to a customer who doesn't have it. An address that is among `old`
    /// keeps its id.
    fn add_channel(
        &mut self,
        id: i64,
        new: &NewChannel,
        old: &[Channel],
        ids: &mut Ids,
        now: Timestamp,
    ) {
        let Some(customer) = self.by_id.get_mut(&id) else {
            return;
        };
        let channels = &mut customer.channels;
        let same = |channel: &Channel| channel.is(&new.kind, &new.address);
        if channels.iter().any(same) {
            return;
        }
        let known = old.iter().find(|channel| same(channel));
        let mut channel = known.cloned().unwrap_or_else(|| {
            let first = channels.iter().all(|other| other.kind != new.kind);
            Channel {
                id: ids.channels.next(),
                ..Channel::new(&new.kind, &new.address, first, now)
            }
        });
        channel.preferred = new.preferred.unwrap_or(channel.preferred);
        channels.push(channel);
        self.by_channel.insert(key(&new.kind, &new.address), id);
    }

    /// Refuses a person who would get an e-mail address that another customer
    /// has. `path` is the place of the person in the request.
    pub(super) fn check_email(
        &self,
        person: Option<&NewPerson>,
        path: &[&str],
    ) -> Result<(), Refused> {
        let found = person.and_then(|person| self.find(person));
        let email = person.and_then(email);
        let owner = email.and_then(|email| self.owner("email", &email));
        match (found, owner) {
            (Some(found), Some(owner)) if found != owner => {
                Err(Refused::at(&[path, &["email"]].concat(), EMAIL_TAKEN))
            }
            _ => Ok(()),
        }
    }

    /// Finds or creates the customer and updates it. An unknown id is used for
    /// a new customer, so that a test needn't prepare the store.
    pub(crate) fn resolve(&mut self, person: &NewPerson, ids: &mut Ids, now: Timestamp) -> i64 {
        let id = self.find(person).unwrap_or_else(|| {
            let id = ids.people.take(person.id.filter(|&id| id > 0));
            self.by_id.insert(id, Customer::new(id, now));
            id
        });
        self.update(id, person, ids, now);
        id
    }

    fn update(&mut self, id: i64, person: &NewPerson, ids: &mut Ids, now: Timestamp) {
        let email = email(person);
        let by_email = email.iter().map(|email| ("email", email.as_str()));
        let channels = person.channels.iter().flatten();
        let channels = channels.map(|channel| (channel.kind.as_str(), channel.address.as_str()));
        for (kind, address) in by_email.chain(channels) {
            self.add_channel(id, &NewChannel::new(kind, address), &[], ids, now);
        }
        if let Some(customer) = self.by_id.get_mut(&id) {
            set(&mut customer.email, &email);
            set(&mut customer.name, &person.name);
            set(&mut customer.external_id, &person.external_id);
            set(&mut customer.note, &person.note);
            set(&mut customer.meta, &person.meta);
        }
    }
}

fn set<T: Clone>(field: &mut Option<T>, value: &Option<T>) {
    if value.is_some() {
        field.clone_from(value);
    }
}
