//! The reply that is created once.

use gorgias_api::operations::CREATE_TICKET_MESSAGE;
use gorgias_api::types::TicketMessage;
use gorgias_runtime::support::{CallOptions, Operation, OperationCall};
use gorgias_runtime::{Error, ExternalId, Response};

use super::resource::Resource;
use crate::client::Client;
use crate::creation::Prepared;
use crate::evidence::Evidence;
use crate::journal::{BodyHash, reply_key};
use crate::replies::{Replied, look_up};
use crate::ticket::NewMessage;
use crate::tickets::CreationDetails;

/// The message with an external id in a ticket.
#[derive(Debug)]
pub(super) struct ReplyResource {
    client: Client,
    ticket_id: i64,
    id: ExternalId,
    key: ExternalId,
}

impl ReplyResource {
    pub(super) fn new(client: Client, ticket_id: i64, id: ExternalId) -> Self {
        Self {
            client,
            ticket_id,
            key: reply_key(ticket_id, &id),
            id,
        }
    }
}

impl Resource for ReplyResource {
    type New = NewMessage;
    type Answer = TicketMessage;
    type Created = Replied;
    const OPERATION: &'static Operation = &CREATE_TICKET_MESSAGE;

    fn client(&self) -> &Client {
        &self.client
    }

    fn id(&self) -> &ExternalId {
        &self.id
    }

    fn key(&self) -> &ExternalId {
        &self.key
    }

    fn prepare(&self, message: NewMessage) -> Result<(Prepared, BodyHash), Error> {
        let message = message.under(&self.id)?;
        let prepared = Prepared::reply(self.client.connection(), self.ticket_id, &message)?;
        let body = BodyHash::of_sent_reply(self.ticket_id, &prepared.body)?;
        Ok((prepared, body))
    }

    async fn look_up(&self, options: CallOptions) -> Result<Evidence, Error> {
        look_up(&self.client, self.ticket_id, &self.id, options).await
    }

    async fn fetch(&self, id: i64, options: CallOptions) -> Result<Response<TicketMessage>, Error> {
        let read = self.client.api().get_ticket_message(self.ticket_id, id);
        read.with_options(options).await
    }

    fn created(answer: Response<TicketMessage>, details: CreationDetails) -> Replied {
        Replied::new(answer, details)
    }
}
