//! Creating a ticket.

use std::time::Duration;

use bytes::Bytes;
use gorgias_api::support::Body;
use gorgias_api::types;
use http::Request;

use super::{Created, Pending, Story};
use crate::call::{Call, CallOptions, Effect, Terms, call_options, whole};
use crate::client::{Client, Shared};
use crate::error::Error;
use crate::once::Claimed;
use crate::response::Metadata;
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
        let mut limit = self.options.limit(shared, Duration::ZERO)?;
        let prepared = prepare(shared, &self.ticket)?;
        let terms = Terms {
            limit: &mut limit,
            turn: self.options.turn(),
            retry: self.options.retry(shared),
            sent_before: 0,
        };
        let (ticket, metadata) = send(shared, &prepared, terms, None).await?;
        let story = Story {
            attempts: metadata.attempts(),
            ..Story::default()
        };
        Ok(Created::new(*ticket, metadata, story))
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
    body: Bytes,
    external_id: Option<String>,
}

/// The request of every create, without a body. Building it takes longer than
/// writing the body does, so that is done once.
pub(crate) fn blank_create(api: &gorgias_api::Client) -> Result<Request<Bytes>, Error> {
    let body: Body<types::CreateTicket> = Body::json("");
    let request = api.create_ticket().body(body).request();
    whole(request.map_err(Error::unbuildable)?)
}

/// Checks a ticket, and makes it into the body of a request.
pub(crate) fn prepare(shared: &Shared, ticket: &NewTicket) -> Result<Prepared, Error> {
    if shared.any_attachment_url {
        ticket.validate()?;
    } else {
        ticket.validate_with_attachments()?;
    }
    Ok(Prepared {
        body: ticket.to_json()?.into(),
        external_id: ticket.sent_external_id().map(str::to_owned),
    })
}

/// Sends a ticket, as often as it provably isn't applied.
pub(crate) async fn send(
    shared: &Shared,
    prepared: &Prepared,
    terms: Terms<'_>,
    claim: Option<&mut Claimed>,
) -> Result<(Box<types::Ticket>, Metadata), Error> {
    let call = Call {
        head: &shared.create,
        body: prepared.body.clone(),
        effect: Effect::Write,
        terms,
        claim,
    };
    let (ticket, metadata): (Box<types::Ticket>, _) =
        call.run(shared).await.map_err(Error::of_write)?;
    if let (Some(sent), Some(answered)) = (&prepared.external_id, &ticket.external_id)
        && sent != answered
    {
        return Err(Error::mismatch(&metadata, &shared.credentials, ticket.id).of_write());
    }
    Ok((ticket, metadata))
}
