//! The ticket that is created once.

use gorgias_api::operations::CREATE_TICKET;
use gorgias_api::types::Ticket;
use gorgias_runtime::support::{CallOptions, Operation, OperationCall};
use gorgias_runtime::{Error, ExternalId, Response};

use super::resource::Resource;
use crate::client::Client;
use crate::creation::Prepared;
use crate::evidence::Evidence;
use crate::journal::BodyHash;
use crate::ticket::NewTicket;
use crate::tickets::{Created, CreationDetails};

/// The ticket with an external id.
#[derive(Debug)]
pub(super) struct TicketResource {
    client: Client,
    id: ExternalId,
    /// Whether look-ups may read the whole list.
    pub(super) read_whole_list: bool,
}

impl TicketResource {
    pub(super) fn new(client: Client, id: ExternalId) -> Self {
        Self {
            client,
            id,
            read_whole_list: true,
        }
    }
}

impl Resource for TicketResource {
    type New = NewTicket;
    type Answer = Ticket;
    type Created = Created;
    const OPERATION: &'static Operation = &CREATE_TICKET;

    fn client(&self) -> &Client {
        &self.client
    }

    fn id(&self) -> &ExternalId {
        &self.id
    }

    fn key(&self) -> &ExternalId {
        &self.id
    }

    fn prepare(&self, ticket: NewTicket) -> Result<(Prepared, BodyHash), Error> {
        let ticket = ticket.under(&self.id)?;
        let prepared = Prepared::ticket(self.client.connection(), &ticket)?;
        let body = BodyHash::of(ticket.value_of(&prepared.body)?);
        Ok((prepared, body))
    }

    async fn look_up(&self, options: CallOptions) -> Result<Evidence, Error> {
        let call = self
            .client
            .tickets()
            .look_up(&self.id)
            .read_whole_list(self.read_whole_list);
        call.with_options(options).evidence().await
    }

    async fn fetch(&self, id: i64, options: CallOptions) -> Result<Response<Ticket>, Error> {
        let read = self.client.api().get_ticket(id).with_options(options);
        read.await
    }

    fn created(answer: Response<Ticket>, details: CreationDetails) -> Created {
        Created::new(answer, details)
    }
}
