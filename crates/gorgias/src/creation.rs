//! Sends a request that creates a ticket or a message, and checks that the answer
//! has the external id that was sent. All calls that create one use it.

use bytes::Bytes;
use gorgias_api::types::{Ticket, TicketMessage};
use gorgias_runtime::support::validate::Found;
use gorgias_runtime::support::{
    Connection, Context, Operation, Request, execute_within, read_json,
};
use gorgias_runtime::{Error, Response};
use serde::de::DeserializeOwned;

/// The answer to a request that creates something: a ticket or a message.
pub(crate) trait Answer: DeserializeOwned + Send {
    /// The id of the ticket or message.
    fn id(&self) -> i64;

    /// Its external id.
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

/// The body of a request that creates something, checked.
pub(crate) struct Prepared {
    pub(crate) body: Bytes,
    external_id: Option<String>,
}

impl Prepared {
    /// Makes the request's body, unless a violation was found in it.
    pub(crate) fn new(
        connection: &Connection,
        found: Found,
        body: Result<String, Error>,
        external_id: Option<&str>,
    ) -> Result<Self, Error> {
        connection.accept(found)?;
        Ok(Self {
            body: body?.into(),
            external_id: external_id.map(str::to_owned),
        })
    }

    /// Sends a request with this body, and repeats it only while the last attempt
    /// provably wasn't applied.
    pub(crate) async fn send<T: Answer>(
        &self,
        connection: &Connection,
        operation: &'static Operation,
        request: Request,
        context: Context<'_>,
    ) -> Result<Response<T>, Error> {
        let reader = read_json::<T>;
        let answer = execute_within(connection, operation, request, context, reader).await?;
        if let (Some(sent), Some(answered)) = (self.external_id.as_deref(), answer.external_id())
            && sent != answered
        {
            let error = connection.mismatch(answer.metadata(), answer.id());
            return Err(error.of(operation.id(), operation.effect()));
        }
        Ok(answer)
    }
}
