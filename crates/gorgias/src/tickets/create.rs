//! The call that creates a ticket, and the check and the request that `create_once`
//! uses too.

use std::time::Duration;

use gorgias_api::operations::CREATE_TICKET;
use gorgias_api::types::Ticket;
use gorgias_runtime::support::{CallOptions, Context, Request};
use gorgias_runtime::{Error, Response, call_options};

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
        let prepared = prepare(&self.client, &self.ticket)?;
        let context = self.options.context(connection, &mut limit);
        let answer = send(&self.client, &prepared, context).await?;
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

/// Checks a ticket, and makes the body of a request from it.
pub(crate) fn prepare(client: &Client, ticket: &NewTicket) -> Result<Prepared, Error> {
    let (found, body) = (ticket.examine(), ticket.to_json());
    let connection = client.connection();
    Prepared::new(connection, found, body, ticket.sent_external_id())
}

/// Sends a ticket, and repeats it only while the last attempt provably wasn't
/// applied.
pub(crate) async fn send(
    client: &Client,
    prepared: &Prepared,
    context: Context<'_>,
) -> Result<Response<Ticket>, Error> {
    let request = Request::new("/api/tickets").json(prepared.body.clone());
    let connection = client.connection();
    let sent = prepared.send(connection, &CREATE_TICKET, request, context);
    sent.await
}
