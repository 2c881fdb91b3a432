//! The call that looks for the ticket of an external id.

use std::ops::ControlFlow;

use gorgias_api::calls::ListTickets;
use gorgias_runtime::support::CallOptions;
use gorgias_runtime::{Error, ExternalId, call_options};

use super::answer::LookUp;
use crate::client::Client;
use crate::evidence::{
    Asked, Evidence, Item, Keys, PagedList, Reason, RequestOptions, look_until_proof,
};
use crate::tickets::Pending;

/// The look-up of an external id, from
/// [`Tickets::look_up`](crate::Tickets::look_up).
#[derive(Debug)]
#[must_use = "nothing is sent until the call is awaited"]
pub struct LookUpCall {
    client: Client,
    id: ExternalId,
    options: CallOptions,
    read_whole_list: bool,
}

impl LookUpCall {
    pub(in crate::tickets) fn new(client: Client, id: ExternalId) -> Self {
        Self {
            client,
            id,
            options: CallOptions::default(),
            read_whole_list: true,
        }
    }

    call_options!();

    /// Sets whether the whole list is read, 25 pages of it at most, when the service
    /// doesn't filter by external id. The list is read by default. If it may not be
    /// read, the look-up can't prove in this case that the ticket is absent.
    pub fn read_whole_list(mut self, read: bool) -> Self {
        self.read_whole_list = read;
        self
    }

    /// Sets the options, for a look-up that is a part of another call.
    pub(crate) fn with_options(mut self, options: CallOptions) -> Self {
        self.options = options;
        self
    }

    /// Returns what the service's answers prove.
    pub(crate) async fn evidence(self) -> Result<Evidence, Error> {
        let connection = self.client.connection();
        let list = TicketList {
            client: &self.client,
            id: &self.id,
            read_whole_list: self.read_whole_list,
        };
        look_until_proof(connection, self.options, list).await
    }
}

/// The list of tickets, in which the one with the external id is looked for.
struct TicketList<'a> {
    client: &'a Client,
    id: &'a ExternalId,
    read_whole_list: bool,
}

impl PagedList for TicketList<'_> {
    const NOUN: &'static str = "ticket";
    type Call = ListTickets;
    type Item = Item;

    fn list(&mut self, asked: Asked) -> ListTickets {
        let list = self.client.api().list_tickets().limit(100).trashed(true);
        match asked {
            Asked::Key => list.external_id(self.id.as_str()),
            // Ordered by creation, so that tickets that are created while the list
            // is read come at its end.
            Asked::Everything => list.order_by("created_datetime:asc"),
        }
    }

    fn next(&mut self, page: &Keys<Item>) -> Result<Option<String>, Reason> {
        page.next_cursor().map_err(|_| Reason::NoList)
    }

    fn may_read_all(&self) -> bool {
        self.read_whole_list
    }

    async fn collect(
        &mut self,
        tickets: Vec<Item>,
        asked: Asked,
        _: &mut RequestOptions,
        found: &mut Vec<i64>,
    ) -> Result<ControlFlow<Reason, Option<Reason>>, Error> {
        let (own, others): (Vec<_>, Vec<_>) = tickets
            .iter()
            .partition(|ticket| ticket.external_id.as_deref() == Some(self.id.as_str()));
        found.extend(own.iter().map(|ticket| ticket.id));
        Ok(match asked {
            Asked::Key if !others.is_empty() => ControlFlow::Break(Reason::Unfiltered),
            _ => ControlFlow::Continue(None),
        })
    }
}

impl IntoFuture for LookUpCall {
    type Output = Result<LookUp, Error>;
    type IntoFuture = Pending<LookUp>;

    fn into_future(self) -> Pending<LookUp> {
        Box::pin(async { Ok(self.evidence().await?.into()) })
    }
}
