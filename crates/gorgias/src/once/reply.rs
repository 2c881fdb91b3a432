//! Implements the subject that is created once for replies.

use gorgias_api::operations::CREATE_TICKET_MESSAGE;
use gorgias_api::types::TicketMessage;
use gorgias_runtime::support::{CallOptions, Context, Operation, OperationCall};
use gorgias_runtime::{Error, ExternalId, Response};

use super::subject::Subject;
use crate::client::Client;
use crate::creation::Prepared;
use crate::evidence::Evidence;
use crate::journal::reply_key;
use crate::replies::{look_up, send};

/// The message with an external id in a ticket.
pub(super) struct OfReply<'a> {
    client: &'a Client,
    ticket_id: i64,
    id: &'a ExternalId,
    key: ExternalId,
}

impl<'a> OfReply<'a> {
    pub(super) fn new(client: &'a Client, ticket_id: i64, id: &'a ExternalId) -> Self {
        Self {
            client,
            ticket_id,
            id,
            key: reply_key(ticket_id, id),
        }
    }
}

impl Subject for OfReply<'_> {
    type Answer = TicketMessage;
    const OPERATION: &'static Operation = &CREATE_TICKET_MESSAGE;

    fn client(&self) -> &Client {
        self.client
    }

    fn id(&self) -> &ExternalId {
        self.id
    }

    fn key(&self) -> &ExternalId {
        &self.key
    }

    async fn send(
        &self,
        prepared: &Prepared,
        context: Context<'_>,
    ) -> Result<Response<TicketMessage>, Error> {
        send(self.client, self.ticket_id, prepared, context).await
    }

    async fn look_up(&self, options: CallOptions) -> Result<Evidence, Error> {
        look_up(self.client, self.ticket_id, self.id, options).await
    }

    async fn fetch(&self, id: i64, options: CallOptions) -> Result<Response<TicketMessage>, Error> {
        let read = self.client.api().get_ticket_message(self.ticket_id, id);
        read.with_options(options).await
    }
}
