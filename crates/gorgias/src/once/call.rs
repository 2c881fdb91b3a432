//! The call that creates a ticket once.

use gorgias_runtime::support::CallOptions;
use gorgias_runtime::{Error, ExternalId, call_options};

use super::SettlePolicy;
use super::options::{OnceOptions, once_options};
use super::subject::with_key;
use super::ticket::OfTicket;
use crate::client::Client;
use crate::journal::BodyHash;
use crate::ticket::NewTicket;
use crate::tickets::{Created, Pending, prepare};

/// The creation of one ticket under an external id, from
/// [`Tickets::create_once`](crate::Tickets::create_once).
#[derive(Debug)]
#[must_use = "nothing is sent until the call is awaited"]
pub struct CreateOnce {
    client: Client,
    id: ExternalId,
    ticket: NewTicket,
    options: CallOptions,
    once: OnceOptions,
    walk: bool,
}

impl CreateOnce {
    pub(super) fn new(client: Client, id: ExternalId, ticket: NewTicket) -> Self {
        Self {
            client,
            id,
            ticket,
            options: CallOptions::default(),
            once: OnceOptions::default(),
            walk: true,
        }
    }

    once_options!();

    /// Sets whether look-ups read the whole list, 25 pages of it at most, when
    /// the service doesn't filter by external id. They do by default. That costs
    /// too much for a program that creates many tickets; without it such a
    /// look-up proves nothing.
    pub fn walk(mut self, walk: bool) -> Self {
        self.walk = walk;
        self
    }

    async fn run(self) -> Result<Created, Error> {
        let subject = OfTicket {
            client: &self.client,
            id: &self.id,
            walk: self.walk,
        };
        let ticket = self.ticket.under(&self.id)?;
        let prepared = prepare(self.client.shared(), &ticket)?;
        let body = BodyHash::of(ticket.value_of(&prepared.body)?);
        let run = self.once.start(&subject, &self.options, prepared)?;
        let made = run.run(body, self.once.look_first).await?;
        Ok(Created::new(made.answer, made.details))
    }
}

impl IntoFuture for CreateOnce {
    type Output = Result<Created, Error>;
    type IntoFuture = Pending<Created>;

    fn into_future(self) -> Pending<Created> {
        Box::pin(async {
            let id = self.id.clone();
            let created = self.run().await;
            created.map_err(|error| with_key::<OfTicket<'_>>(error, id))
        })
    }
}
