//! Creating a ticket.

use gorgias_api::support::Body;
use gorgias_api::types;

use super::{Created, Pending};
use crate::call::{Call, CallOptions, Effect, call_options, whole};
use crate::client::Client;
use crate::error::Error;
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
        let deadline = self.options.deadline(shared)?;
        self.ticket.validate()?;
        let external_id = self.ticket.sent_external_id().map(str::to_owned);
        let body: Body<types::CreateTicket> = Body::json(self.ticket.to_json()?);
        let request = shared
            .api
            .create_ticket()
            .body(body)
            .request()
            .map_err(Error::unbuildable)?;
        let call = Call {
            request: whole(request)?,
            effect: Effect::Write,
            deadline,
            lane: self.options.lane,
            retry: self.options.retry(shared),
        };
        let (ticket, metadata): (types::Ticket, _) =
            call.run(shared).await.map_err(Error::of_write)?;
        if let (Some(sent), Some(answered)) = (external_id, &ticket.external_id)
            && sent != *answered
        {
            return Err(Error::mismatch(&metadata, &shared.credentials, ticket.id).of_write());
        }
        Ok(Created::new(ticket, metadata))
    }
}

impl IntoFuture for Create {
    type Output = Result<Created, Error>;
    type IntoFuture = Pending<Created>;

    fn into_future(self) -> Pending<Created> {
        Box::pin(self.run())
    }
}
