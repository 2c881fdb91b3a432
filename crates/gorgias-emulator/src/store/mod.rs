//! The emulator's state: tickets, customers, agents and tags.

mod create;
mod derive;
mod enrich;
mod list;
mod load;
mod pending;
mod people;
mod tags;
mod ticket;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::ids::Ids;
use crate::strictness::UnknownTags;
use crate::timestamp::Timestamp;
use crate::wire::customer::PersonView;

pub use load::LoadError;

pub(crate) use create::{Context, Refused};
pub(crate) use list::{Direction, Filter, Position, SortKey};
pub(crate) use pending::Pending;
pub(crate) use people::{Agent, Channel, Customer, Party};
pub(crate) use ticket::{Attachment, Message, Tag, Ticket};

/// What new tickets meet.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Behaviour {
    /// Whether they are enriched.
    pub(crate) enriches: bool,
    pub(crate) unknown_tags: UnknownTags,
}

/// Everything the account holds.
#[derive(Debug)]
pub(crate) struct Store {
    ids: Ids,
    people: people::People,
    tickets: BTreeMap<i64, Ticket>,
    by_external_id: HashMap<String, BTreeSet<i64>>,
    by_created: BTreeSet<(Timestamp, i64)>,
    by_updated: BTreeSet<(Timestamp, i64)>,
    tags: HashMap<i64, Tag>,
    tags_by_name: HashMap<String, i64>,
    /// By when they are due, and then in the order they came.
    pending: BTreeMap<(Timestamp, u64), Pending>,
    postponed: u64,
    /// By the rule whose end they wait for, in the order they came.
    held: Vec<(u64, Pending)>,
    behaviour: Behaviour,
    /// When which ticket is enriched.
    enrichments: BTreeSet<(Timestamp, i64)>,
    /// Tickets that were created or accepted, loaded ones aside.
    accepted: u64,
}

impl Store {
    pub(crate) fn new(seed: u64, behaviour: Behaviour) -> Self {
        Self {
            ids: Ids::new(seed),
            people: people::People::default(),
            tickets: BTreeMap::new(),
            by_external_id: HashMap::new(),
            by_created: BTreeSet::new(),
            by_updated: BTreeSet::new(),
            tags: HashMap::new(),
            tags_by_name: HashMap::new(),
            pending: BTreeMap::new(),
            postponed: 0,
            held: Vec::new(),
            behaviour,
            enrichments: BTreeSet::new(),
            accepted: 0,
        }
    }

    /// Applies what is due by `now`, each at its own time and in that order.
    pub(crate) fn settle(&mut self, now: Timestamp) {
        let due = |at: &Timestamp| *at <= now;
        loop {
            let create = self.next_pending().filter(due);
            let enrichment = self.next_enrichment().filter(due);
            match (create, enrichment) {
                (None, None) => return,
                (Some(create), enrichment) if enrichment.is_none_or(|at| create <= at) => {
                    self.apply_pending();
                }
                _ => self.apply_enrichment(),
            }
        }
    }

    /// Counts a create against the quota; false when it is used up.
    pub(crate) fn accept(&mut self, quota: Option<u64>) -> bool {
        let room = quota.is_none_or(|quota| self.accepted < quota);
        if room {
            self.accepted = self.accepted.saturating_add(1);
        }
        room
    }

    fn insert(&mut self, ticket: Ticket) {
        let id = ticket.id;
        if let Some(external_id) = &ticket.external_id {
            let ids = self.by_external_id.entry(external_id.clone()).or_default();
            ids.insert(id);
        }
        self.by_created.insert((ticket.created, id));
        self.by_updated.insert((ticket.updated, id));
        self.tickets.insert(id, ticket);
    }

    pub(crate) fn ticket(&self, id: i64) -> Option<&Ticket> {
        self.tickets.get(&id)
    }

    /// All tickets, by id.
    pub(crate) fn tickets(&self) -> impl Iterator<Item = &Ticket> {
        self.tickets.values()
    }

    pub(crate) fn ticket_count(&self) -> usize {
        self.tickets.len()
    }

    /// The tickets with this external id, byte for byte, by id.
    pub(crate) fn with_external_id(&self, external_id: &str) -> impl Iterator<Item = &Ticket> {
        self.by_external_id
            .get(external_id)
            .into_iter()
            .flatten()
            .filter_map(|id| self.tickets.get(id))
    }

    pub(crate) fn customer(&self, id: i64) -> Option<&Customer> {
        self.people.customer(id)
    }

    pub(crate) fn agent(&self, id: i64) -> Option<&Agent> {
        self.people.agent(id)
    }

    pub(crate) fn party(&self, party: Party) -> Option<PersonView<'_>> {
        match party {
            Party::Customer(id) => self.customer(id).map(PersonView::customer),
            Party::Agent(id) => self.agent(id).map(PersonView::agent),
        }
    }

    /// A ticket's tags, in the order they were given.
    pub(crate) fn tags(&self, ticket: &Ticket) -> impl Iterator<Item = &Tag> {
        ticket.tags.iter().filter_map(|id| self.tags.get(id))
    }
}
