//! The call that adds a message to a ticket.

use std::time::Duration;

use gorgias_api::types::TicketMessage;
use gorgias_runtime::support::CallOptions;
use gorgias_runtime::{Error, call_options};

use super::results::Replied;
use crate::client::Client;
use crate::creation::Prepared;
use crate::ticket::NewMessage;
use crate::tickets::{CreationDetails, Pending};

/// The call that adds one message to a ticket, from
/// [`Tickets::reply`](crate::Tickets::reply).
#[derive(Debug)]
#[must_use = "nothing is sent until the call is awaited"]
pub struct Reply {
    client: Client,
    ticket_id: i64,
    message: NewMessage,
    options: CallOptions,
}

impl Reply {
    pub(super) fn new(client: Client, ticket_id: i64, message: NewMessage) -> Self {
        Self {
            client,
            ticket_id,
            message,
            options: CallOptions::default(),
        }
    }

    call_options!();

    async fn run(self) -> Result<Replied, Error> {
        let connection = self.client.connection();
        let mut limit = self.options.limit(connection, Duration::ZERO)?;
        let prepared = Prepared::reply(connection, self.ticket_id, &self.message)?;
        let context = self.options.context(connection, &mut limit);
        let answer = prepared.send::<TicketMessage>(connection, context).await?;
        let details = CreationDetails::sent(answer.metadata());
        Ok(Replied::new(answer, details))
    }
}

impl IntoFuture for Reply {
    type Output = Result<Replied, Error>;
    type IntoFuture = Pending<Replied>;

    fn into_future(self) -> Pending<Replied> {
        Box::pin(self.run())
    }
}
