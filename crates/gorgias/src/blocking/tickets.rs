//! Creating and reading tickets.

use gorgias_runtime::ExternalId;

use super::{Call, Client, List};
use crate::once::{CreateOnce, Settle};
use crate::ticket::NewTicket;
use crate::tickets::{Create, Find, Get, LookUpCall};

/// The tickets of a helpdesk, from [`Client::tickets`].
#[derive(Clone, Debug)]
pub struct Tickets {
    client: Client,
    tickets: crate::Tickets,
}

impl Tickets {
    pub(super) fn new(client: Client, tickets: crate::Tickets) -> Self {
        Self { client, tickets }
    }

    /// Creates a ticket: see [`Tickets::create`](crate::Tickets::create).
    pub fn create(&self, ticket: impl Into<NewTicket>) -> Call<Create> {
        self.call(self.tickets.create(ticket))
    }

    /// Creates a ticket under an external id, and never a second one: see
    /// [`Tickets::create_once`](crate::Tickets::create_once).
    pub fn create_once(&self, id: ExternalId, ticket: impl Into<NewTicket>) -> Call<CreateOnce> {
        self.call(self.tickets.create_once(id, ticket))
    }

    /// Finds out what became of a ticket: see
    /// [`Tickets::settle`](crate::Tickets::settle).
    pub fn settle(&self, id: &ExternalId) -> Call<Settle> {
        self.call(self.tickets.settle(id))
    }

    /// Says whether a ticket with an external id exists: see
    /// [`Tickets::look_up`](crate::Tickets::look_up).
    pub fn look_up(&self, id: &ExternalId) -> Call<LookUpCall> {
        self.call(self.tickets.look_up(id))
    }

    /// Finds the tickets of an external id: see
    /// [`Tickets::find`](crate::Tickets::find).
    pub fn find(&self, id: &ExternalId) -> Call<Find> {
        self.call(self.tickets.find(id))
    }

    /// Reads a ticket with its whole conversation: see
    /// [`Tickets::get`](crate::Tickets::get).
    pub fn get(&self, id: i64) -> Call<Get> {
        self.call(self.tickets.get(id))
    }

    /// Lists tickets: see [`Tickets::list`](crate::Tickets::list).
    pub fn list(&self) -> List {
        List::new(self.client.clone(), self.tickets.list())
    }

    fn call<C>(&self, call: C) -> Call<C> {
        Call::new(self.client.clone(), call)
    }
}
