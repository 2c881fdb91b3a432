//! The call that creates a ticket, and the check and the request that `create_once`
//! uses too.

use std::time::Duration;

use gorgias_api::operations::CREATE_TICKET;
use gorgias_api::types::Ticket;
use gorgias_runtime::support::{CallOptions, Connection, Context, Request};
use gorgias_runtime::{Error, Response, call_options};

use super::{Created, CreationDetails, Pending};
use crate::client::{Client, Shared};
use crate::creation::{Prepared, context};
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
        let shared = self.client.shared();
        let connection = &shared.connection;
        let mut limit = self.options.limit(connection, Duration::ZERO)?;
        let prepared = prepare(shared, &self.ticket)?;
        let context = context(&self.options, connection, &mut limit);
        let answer = send(connection, &prepared, context).await?;
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
pub(crate) fn prepare(shared: &Shared, ticket: &NewTicket) -> Result<Prepared, Error> {
    let (found, body) = (ticket.examine(), ticket.to_json());
    Prepared::new(&shared.connection, found, body, ticket.sent_external_id())
}

/// Sends a ticket, and repeats it only while the last attempt provably wasn't
/// applied.
pub(crate) async fn send(
    connection: &Connection,
    prepared: &Prepared,
    context: Context<'_>,
) -> Result<Response<Ticket>, Error> {
    let request = Request::new("/api/tickets").json(prepared.body.clone());
    let sent = prepared.send(connection, &CREATE_TICKET, request, context);
    sent.await
}
