//! Finding tickets by external id.

use gorgias_api::types::TicketCompact;
use tokio::time::Instant;

use super::{List, Pending};
use crate::call::{CallOptions, call_options};
use crate::client::Client;
use crate::delivery::ExternalId;
use crate::error::Error;

/// The search for the tickets of an external id, from
/// [`Tickets::find`](super::Tickets::find).
#[derive(Debug)]
#[must_use = "nothing is sent until the call is awaited"]
pub struct Find {
    client: Client,
    id: ExternalId,
    options: CallOptions,
}

impl Find {
    pub(super) fn new(client: Client, id: ExternalId) -> Self {
        Self {
            client,
            id,
            options: CallOptions::default(),
        }
    }

    call_options!();

    /// Makes the call a later part of one that ends then.
    pub(crate) fn part_until(mut self, end: Option<Instant>) -> Self {
        self.options.part_until = end;
        self
    }

    async fn run(self) -> Result<Vec<TicketCompact>, Error> {
        let list = List::new(self.client)
            .external_id(self.id.as_str())
            .limit(100)
            .trashed(true)
            .with_options(self.options);
        let mut tickets = list.page().await?.tickets;
        // The service's filter may match more than what is equal.
        tickets.retain(|ticket| ticket.external_id.as_deref() == Some(self.id.as_str()));
        tickets.sort_unstable_by_key(|ticket| ticket.id);
        tickets.dedup_by_key(|ticket| ticket.id);
        Ok(tickets)
    }
}

impl IntoFuture for Find {
    type Output = Result<Vec<TicketCompact>, Error>;
    type IntoFuture = Pending<Vec<TicketCompact>>;

    fn into_future(self) -> Pending<Vec<TicketCompact>> {
        Box::pin(self.run())
    }
}
