//! The call that creates a ticket.

use std::time::Duration;

use gorgias_api::types::Ticket;
use gorgias_runtime::support::CallOptions;
use gorgias_runtime::{Error, call_options};

use super::{Created, CreationDetails, Pending};
use crate::client::Client;
use crate::creation::Prepared;
use crate::ticket::NewTicket;

/// The creation of one ticket, from [`Tickets::create`](super::Tickets::create).
#[derive(Debug)]
#[must_use = "nothing is sent until the call is awaited"]
pub struct Create {
    client: Client,
    ticket: NewTicket,
    options: CallOptions,
}

impl Create {
    pub(super) fn new(client: Client, ticket: NewTicket) -> Self {
        Self {
            client,
            ticket,
            options: CallOptions::default(),
        }
    }

    call_options!();

    async fn run(self) -> Result<Created, Error> {
        let connection = self.client.connection();
        let mut limit = self.options.limit(connection, Duration::ZERO)?;
        let prepared = Prepared::ticket(connection, &self.ticket)?;
        let context = self.options.context(connection, &mut limit);
        let answer = prepared.send::<Ticket>(connection, context).await?;
        let details = CreationDetails::sent(answer.metadata());
        Ok(Created::new(answer, details))
    }
}

impl IntoFuture for Create {
    type Output = Result<Created, Error>;
    type IntoFuture = Pending<Created>;

    fn into_future(self) -> Pending<Created> {
        Box::pin(self.run())
    }
}
