//! Checks a ticket or a message to be created, sends the request that creates
//! it, and checks that the answer has the external id that was sent. All calls
//! that create a ticket or a message use this module.

use std::borrow::Cow;

use bytes::Bytes;
use gorgias_api::operations::{CREATE_TICKET, CREATE_TICKET_MESSAGE};
use gorgias_api::types::{Ticket, TicketMessage};
use gorgias_runtime::support::{Connection, Context, Operation, Request, execute, read_json};
use gorgias_runtime::{Error, Response};
use serde::de::DeserializeOwned;

use crate::ticket::{NewMessage, NewTicket};

/// The answer to a request that creates something: a ticket or a message.
pub(crate) trait Answer: DeserializeOwned + Send {
    /// Returns the id of the ticket or message.
    fn id(&self) -> i64;

    /// Returns the external id of the ticket or message.
    fn external_id(&self) -> Option<&str>;
}

impl Answer for Ticket {
    fn id(&self) -> i64 {
        self.id
    }

    fn external_id(&self) -> Option<&str> {
        self.external_id.as_deref()
    }
}

impl Answer for TicketMessage {
    fn id(&self) -> i64 {
        self.id
    }

    fn external_id(&self) -> Option<&str> {
        self.external_id.as_deref()
    }
}

/// A checked request that creates a ticket or a message.
pub(crate) struct Prepared {
    operation: &'static Operation,
    path: Cow<'static, str>,
    pub(crate) body: Bytes,
    external_id: Option<String>,
}

impl Prepared {
    /// Returns the request that creates a ticket, unless the ticket breaks a
    /// rule.
    pub(crate) fn ticket(connection: &Connection, ticket: &NewTicket) -> Result<Self, Error> {
        connection.accept(ticket.examine())?;
        Ok(Self {
            operation: &CREATE_TICKET,
            path: "/api/tickets".into(),
            body: ticket.to_json()?.into(),
            external_id: ticket.sent_external_id().map(str::to_owned),
        })
    }

    /// Returns the request that adds a message to a ticket, unless the message
    /// breaks a rule.
    pub(crate) fn reply(
        connection: &Connection,
        ticket_id: i64,
        message: &NewMessage,
    ) -> Result<Self, Error> {
        connection.accept(message.examine())?;
        Ok(Self {
            operation: &CREATE_TICKET_MESSAGE,
            path: format!("/api/tickets/{ticket_id}/messages").into(),
            body: message.to_json()?.into(),
            external_id: message.sent_external_id().map(str::to_owned),
        })
    }

    /// Sends the request, and repeats it only while the last attempt provably wasn't
    /// applied.
    pub(crate) async fn send<T: Answer>(
        &self,
        connection: &Connection,
        context: Context<'_>,
    ) -> Result<Response<T>, Error> {
        let operation = self.operation;
        let request = Request::new(self.path.clone()).json(self.body.clone());
        let reader = read_json::<T>;
        let answer = execute(connection, operation, request, context, reader).await?;
        if let (Some(sent), Some(answered)) = (self.external_id.as_deref(), answer.external_id())
            && sent != answered
        {
            let error = connection.mismatch(answer.metadata(), answer.id());
            return Err(error.of(operation));
        }
        Ok(answer)
    }
}
