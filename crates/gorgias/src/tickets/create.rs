//! Creating a ticket.

use std::time::Duration;

use bytes::Bytes;
use gorgias_api::operations::CREATE_TICKET;
use gorgias_api::types::Ticket;
use gorgias_runtime::support::{
    CallOptions, Connection, Context, Request, execute_within, read_json,
};
use gorgias_runtime::{Error, Metadata, call_options};

use super::{Created, Pending, Story};
use crate::client::{Client, Shared};
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
        let context = Context {
            limit: &mut limit,
            turn: self.options.turn(),
            retry: self.options.retry(connection),
            sent_before: 0,
            hook: None,
        };
        let (ticket, metadata) = send(connection, &prepared, context).await?;
        let story = Story {
            attempts: metadata.attempts(),
            ..Story::default()
        };
        Ok(Created::new(ticket, metadata, story))
    }
}

impl IntoFuture for Create {
    type Output = Result<Created, Error>;
    type IntoFuture = Pending<Created>;

    fn into_future(self) -> Pending<Created> {
        Box::pin(self.run())
    }
}

/// A ticket that was checked and made into the body of a request.
pub(crate) struct Prepared {
    pub(crate) body: Bytes,
    external_id: Option<String>,
}

/// Checks a ticket, and makes it into the body of a request.
pub(crate) fn prepare(shared: &Shared, ticket: &NewTicket) -> Result<Prepared, Error> {
    shared.connection.accept(ticket.examine())?;
    Ok(Prepared {
        body: ticket.to_json()?.into(),
        external_id: ticket.sent_external_id().map(str::to_owned),
    })
}

/// Sends a ticket, as often as it provably isn't applied.
pub(crate) async fn send(
    connection: &Connection,
    prepared: &Prepared,
    context: Context<'_>,
) -> Result<(Ticket, Metadata), Error> {
    let request = Request::new("/api/tickets").json(prepared.body.clone());
    let answer = execute_within(
        connection,
        &CREATE_TICKET,
        request,
        context,
        read_json::<Ticket>,
    )
    .await?;
    let (ticket, metadata) = answer.into_parts();
    if let (Some(sent), Some(answered)) = (&prepared.external_id, &ticket.external_id)
        && sent != answered
    {
        let error = connection.mismatch(&metadata, ticket.id);
        return Err(error.of(CREATE_TICKET.id(), CREATE_TICKET.effect()));
    }
    Ok((ticket, metadata))
}
