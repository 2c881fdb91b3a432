//! Implements the subject that is created once for tickets.

use gorgias_api::operations::CREATE_TICKET;
use gorgias_api::types::Ticket;
use gorgias_runtime::support::{CallOptions, Context, Operation, OperationCall};
use gorgias_runtime::{Error, ExternalId, Response};

use super::subject::Subject;
use crate::client::Client;
use crate::creation::Prepared;
use crate::evidence::Evidence;
use crate::tickets::send;

/// The ticket with an external id.
pub(super) struct OfTicket<'a> {
    pub(super) client: &'a Client,
    pub(super) id: &'a ExternalId,
    /// Whether look-ups may read the whole list.
    pub(super) walk: bool,
}

impl Subject for OfTicket<'_> {
    type Answer = Ticket;
    const OPERATION: &'static Operation = &CREATE_TICKET;

    fn client(&self) -> &Client {
        self.client
    }

    fn id(&self) -> &ExternalId {
        self.id
    }

    fn key(&self) -> &ExternalId {
        self.id
    }

    async fn send(
        &self,
        prepared: &Prepared,
        context: Context<'_>,
    ) -> Result<Response<Ticket>, Error> {
        send(&self.client.shared().connection, prepared, context).await
    }

    async fn look_up(&self, options: CallOptions) -> Result<Evidence, Error> {
        let call = self.client.tickets().look_up(self.id).walk(self.walk);
        call.with_options(options).evidence().await
    }

    async fn fetch(&self, id: i64, options: CallOptions) -> Result<Response<Ticket>, Error> {
        let read = self.client.api().get_ticket(id).with_options(options);
        read.await
    }
}
