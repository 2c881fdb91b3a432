//! Listing tickets.

use std::iter::FusedIterator;

use gorgias_api::types::TicketCompact;
use gorgias_runtime::Error;

use super::Client;
use crate::tickets::{Page, TicketStream};

/// A list of tickets: filters and order first, if any, then
/// [`page`](Self::page) or a loop over it.
#[derive(Clone, Debug)]
#[must_use = "nothing is sent until a page or a ticket is asked for"]
pub struct List {
    client: Client,
    list: crate::List,
}

impl List {
    pub(super) fn new(client: Client, list: crate::List) -> Self {
        Self { client, list }
    }

    /// Sets filters, order and options, which are those of the asynchronous
    /// [`List`](crate::List).
    ///
    /// ```
    /// use gorgias::Error;
    /// use gorgias::blocking::Client;
    ///
    /// fn count(gorgias: &Client, customer: i64) -> Result<usize, Error> {
    ///     let list = gorgias.tickets().list().with(|list| list.customer_id(customer).limit(30));
    ///     Ok(list.page()?.tickets.len())
    /// }
    /// ```
    pub fn with(mut self, options: impl FnOnce(crate::List) -> crate::List) -> Self {
        self.list = options(self.list);
        self
    }

    /// Reads one page.
    ///
    /// # Errors
    ///
    /// See [`List::page`](crate::List::page).
    pub fn page(self) -> Result<Page, Error> {
        self.client.run(|_| self.list.page())
    }

    /// Reads all tickets from here on, page by page as they are asked for. It
    /// ends after its first error.
    pub fn iter(&self) -> TicketIter {
        self.clone().into_iter()
    }
}

impl IntoIterator for List {
    type Item = Result<TicketCompact, Error>;
    type IntoIter = TicketIter;

    fn into_iter(self) -> TicketIter {
        TicketIter {
            client: self.client,
            tickets: Some(self.list.stream()),
        }
    }
}

impl IntoIterator for &List {
    type Item = Result<TicketCompact, Error>;
    type IntoIter = TicketIter;

    fn into_iter(self) -> TicketIter {
        self.iter()
    }
}

/// The tickets of a list one by one, from [`List`].
#[derive(Debug)]
#[must_use = "an iterator does nothing until asked"]
pub struct TicketIter {
    client: Client,
    /// None once a call was lost.
    tickets: Option<TicketStream>,
}

impl Iterator for TicketIter {
    type Item = Result<TicketCompact, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut tickets = self.tickets.take()?;
        let next = self.client.run(|_| async move {
            let next = tickets.next().await;
            Ok((tickets, next))
        });
        match next {
            Ok((tickets, next)) => {
                self.tickets = Some(tickets);
                next
            }
            Err(error) => Some(Err(error)),
        }
    }
}

impl FusedIterator for TicketIter {}
