//! Reading one ticket.

use gorgias_api::operations::GET_TICKET;
use gorgias_api::types::{Ticket, TicketRelationship};
use gorgias_runtime::support::{CallOptions, execute, read_json};
use gorgias_runtime::{Error, call_options};

use super::{Fetched, Pending};
use crate::client::Client;

/// The reading of one ticket, from [`Tickets::get`](super::Tickets::get).
#[derive(Debug)]
#[must_use = "nothing is sent until the call is awaited"]
pub struct Get {
    client: Client,
    id: i64,
    relationships: Vec<TicketRelationship>,
    options: CallOptions,
}

impl Get {
    pub(super) fn new(client: Client, id: i64) -> Self {
        Self {
            client,
            id,
            relationships: Vec::new(),
            options: CallOptions::default(),
        }
    }

    /// Asks for the values of the custom fields. They are documented to be
    /// left out otherwise, and have come unasked since 2026.
    pub fn with_custom_fields(self) -> Self {
        self.with_relationship(TicketRelationship::CustomFields)
    }

    /// Asks for related data.
    pub fn with_relationship(mut self, relationship: impl Into<TicketRelationship>) -> Self {
        self.relationships.push(relationship.into());
        self
    }

    call_options!();

    async fn run(self) -> Result<Fetched, Error> {
        let shared = self.client.shared();
        let mut operation = shared.api.get_ticket(self.id);
        if !self.relationships.is_empty() {
            operation = operation.relationships(self.relationships);
        }
        let connection = &shared.connection;
        let request = operation.draft().finish(self.options)?;
        let answer = execute(connection, &GET_TICKET, request, read_json::<Ticket>).await?;
        let (ticket, metadata) = answer.into_parts();
        Ok(Fetched::new(ticket, metadata))
    }
}

impl IntoFuture for Get {
    type Output = Result<Fetched, Error>;
    type IntoFuture = Pending<Fetched>;

    fn into_future(self) -> Pending<Fetched> {
        Box::pin(self.run())
    }
}
