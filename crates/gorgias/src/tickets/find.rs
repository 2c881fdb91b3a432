//! The call that finds tickets by external id. Unlike `look_up`, it can't prove that
//! no ticket has the id.

use std::collections::HashSet;
use std::time::Duration;

use gorgias_api::types::{TicketCompact, TicketList};
use gorgias_runtime::support::{CallOptions, OperationCall, cursor};
use gorgias_runtime::{Error, ExternalId, call_options};

use super::Pending;
use crate::client::Client;

/// The most pages that are read after the first.
const MOST_PAGES: usize = 24;

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

    async fn run(self) -> Result<Vec<TicketCompact>, Error> {
        let limit = self
            .options
            .limit(self.client.connection(), Duration::ZERO)?;
        let later = self.options.part_until(limit.strict_end());
        let list = self.client.api().list_tickets();
        let list = list.external_id(self.id.as_str()).limit(100).trashed(true);
        let mut page = list.clone().with_options(self.options).await?;
        let mut tickets = std::mem::take(&mut page.data);
        let mut seen = HashSet::new();
        // A list whose cursor leads back to an earlier page would never end.
        while let Some(next) = next_cursor(&page)?.filter(|_| seen.len() < MOST_PAGES)
            && seen.insert(next.clone())
        {
            page = list
                .clone()
                .cursor(next)
                .with_options(later.clone())
                .await?;
            tickets.append(&mut page.data);
        }
        // The service's filter may also match external ids that aren't equal.
        tickets.retain(|ticket| ticket.external_id.as_deref() == Some(self.id.as_str()));
        tickets.sort_unstable_by_key(|ticket| ticket.id);
        tickets.dedup_by_key(|ticket| ticket.id);
        Ok(tickets)
    }
}

fn next_cursor(page: &TicketList) -> Result<Option<String>, Error> {
    let meta = page.meta.as_ref();
    cursor(meta.and_then(|meta| meta.next_cursor.as_deref()))
}

impl IntoFuture for Find {
    type Output = Result<Vec<TicketCompact>, Error>;
    type IntoFuture = Pending<Vec<TicketCompact>>;

    fn into_future(self) -> Pending<Vec<TicketCompact>> {
        Box::pin(self.run())
    }
}
