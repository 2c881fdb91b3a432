//! The emulator's state: the resources of the account, and the effect of each write.
//! `create` and `update` change tickets, `messages`, `tags` and `values` their parts, and
//! `customers` customers. `load` adds resources that the user of the emulator provides.
//!
//! Tickets, messages and customers have Rust types, since they have much
//! behaviour. `collection` keeps the other resources as JSON, and `resources`
//! changes them.

mod agents;
mod collection;
mod create;
mod customer;
mod customers;
mod enrich;
mod events;
mod list;
mod load;
mod messages;
mod names;
mod new_ticket;
mod read;
mod refused;
mod resources;
mod tags;
mod ticket;
mod update;
mod values;

use std::collections::{BTreeMap, BTreeSet};

use crate::http::cursor::{Key, Position};
use crate::http::form::File;
use crate::ids::Ids;
use crate::strictness::UnknownTags;
use crate::timestamp::Timestamp;

pub use load::LoadError;

pub(crate) use collection::{Resource, ResourceKind};
pub(crate) use customer::{Channel, Customer};
pub(crate) use events::Event;
pub(crate) use list::{Page, Paging, page};
pub(crate) use new_ticket::{Format, NewMessage, NewTicket};
pub(crate) use refused::Refused;
pub(crate) use ticket::{Message, Party, Ticket};
pub(crate) use values::Owner;

/// The facts that a write needs and that aren't in its body.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Context<'a> {
    /// The caller: an agent's e-mail address, or none for an application.
    pub(crate) caller: Option<&'a str>,
    pub(crate) now: Timestamp,
    /// The time from which lists show a new ticket or message.
    pub(crate) visible: Timestamp,
}

/// The settings for new tickets.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct TicketPolicy {
    /// Whether tickets are enriched.
    pub(crate) enriches: bool,
    pub(crate) unknown_tags: UnknownTags,
    /// How many tickets may be created.
    pub(crate) quota: Option<u64>,
}

/// Everything the account holds.
#[derive(Debug, Default)]
pub(crate) struct Store {
    ids: Ids,
    customers: customer::Customers,
    tickets: BTreeMap<i64, Ticket>,
    by_external_id: BTreeSet<(String, i64)>,
    by_created: BTreeSet<Position>,
    by_updated: BTreeSet<Position>,
    resources: collection::Resources,
    events: Vec<Event>,
    files: Vec<File>,
    policy: TicketPolicy,
    /// The times at which tickets will be enriched, each with the ticket's id.
    enrichments: BTreeSet<(Timestamp, i64)>,
    /// The number of tickets created, without loaded ones.
    accepted: u64,
}

impl Store {
    pub(crate) fn new(seed: u64, policy: TicketPolicy) -> Self {
        Self {
            ids: Ids::new(seed),
            policy,
            ..Self::default()
        }
    }

    /// Counts the creation of a ticket against the quota. Returns false when the quota is
    /// used up.
    fn accept(&mut self) -> bool {
        let quota = self.policy.quota;
        let room = quota.is_none_or(|quota| self.accepted < quota);
        if room {
            self.accepted = self.accepted.saturating_add(1);
        }
        room
    }

    fn insert(&mut self, ticket: Ticket) {
        let id = ticket.id;
        if let Some(external_id) = &ticket.external_id {
            self.by_external_id.insert((external_id.clone(), id));
        }
        self.by_created
            .insert((Key::Time(ticket.created_datetime), id));
        self.by_updated
            .insert((Key::Time(ticket.updated_datetime), id));
        self.tickets.insert(id, ticket);
    }

    /// Removes a ticket.
    fn take(&mut self, id: i64) -> Option<Ticket> {
        let ticket = self.tickets.remove(&id)?;
        if let Some(external_id) = &ticket.external_id {
            self.by_external_id.remove(&(external_id.clone(), id));
        }
        self.by_created
            .remove(&(Key::Time(ticket.created_datetime), id));
        self.by_updated
            .remove(&(Key::Time(ticket.updated_datetime), id));
        Some(ticket)
    }

    /// Changes a ticket.
    fn change<T>(&mut self, id: i64, change: impl FnOnce(&mut Ticket) -> T) -> Result<T, Refused> {
        let mut ticket = self.take(id).ok_or(Refused::NotFound)?;
        let changed = change(&mut ticket);
        self.insert(ticket);
        Ok(changed)
    }

    pub(crate) fn ticket(&self, id: i64) -> Option<&Ticket> {
        self.tickets.get(&id)
    }

    /// Returns all tickets, in the order of ids.
    pub(crate) fn tickets(&self) -> impl Iterator<Item = &Ticket> {
        self.tickets.values()
    }

    pub(crate) fn ticket_count(&self) -> usize {
        self.tickets.len()
    }

    /// Returns the tickets with exactly this external id, in the order of ids.
    pub(crate) fn with_external_id(&self, external_id: &str) -> impl Iterator<Item = &Ticket> {
        let key = |id| (external_id.to_owned(), id);
        let found = self.by_external_id.range(key(i64::MIN)..=key(i64::MAX));
        found.filter_map(|(_, id)| self.tickets.get(id))
    }

    pub(crate) fn customer(&self, id: i64) -> Option<&Customer> {
        self.customers.by_id.get(&id)
    }

    /// Returns all customers, in the order of ids.
    pub(crate) fn customers(&self) -> impl Iterator<Item = &Customer> {
        self.customers.by_id.values()
    }

    /// All events, oldest first.
    pub(crate) fn events(&self) -> impl Iterator<Item = &Event> {
        self.events.iter()
    }

    /// Stores an uploaded file, and returns its id.
    pub(crate) fn keep_file(&mut self, file: File) -> usize {
        self.files.push(file);
        self.files.len()
    }

    pub(crate) fn file(&self, id: usize) -> Option<&File> {
        self.files.get(id.checked_sub(1)?)
    }
}
