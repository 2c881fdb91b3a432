//! The calls that find out whether a ticket or a reply in doubt exists.

use gorgias_runtime::support::CallOptions;
use gorgias_runtime::{Error, ExternalId, call_options};

use super::SettlePolicy;
use super::inquiry::Settled;
use super::options::OnceOptions;
use super::reply::OfReply;
use super::subject::with_key;
use super::ticket::OfTicket;
use crate::client::Client;
use crate::replies::Replied;
use crate::tickets::{Created, Pending};

/// The call that finds out whether the ticket of an external id exists, from
/// [`Tickets::settle`](crate::Tickets::settle).
#[derive(Debug)]
#[must_use = "nothing is asked until the call is awaited"]
pub struct Settle {
    client: Client,
    id: ExternalId,
    options: CallOptions,
    once: OnceOptions,
}

/// The call that finds out whether the reply of an external id exists, from
/// [`Tickets::settle_reply`](crate::Tickets::settle_reply).
#[derive(Debug)]
#[must_use = "nothing is asked until the call is awaited"]
pub struct SettleReply {
    client: Client,
    ticket_id: i64,
    id: ExternalId,
    options: CallOptions,
    once: OnceOptions,
}

/// Writes the setters of both calls.
macro_rules! settle_options {
    () => {
        call_options!();

        /// Sets how long the call looks, and whether it frees a key in doubt, in
        /// place of the client's policy. Only
        /// [`Resend::AfterQuiet`](crate::Resend::AfterQuiet) frees a key.
        pub fn settle(mut self, policy: SettlePolicy) -> Self {
            self.once.settle = Some(policy);
            self
        }
    };
}

impl Settle {
    pub(super) fn new(client: Client, id: ExternalId) -> Self {
        Self {
            client,
            id,
            options: CallOptions::default(),
            once: OnceOptions::default(),
        }
    }

    settle_options!();

    async fn run(self) -> Result<Settled, Error> {
        let subject = OfTicket {
            client: &self.client,
            id: &self.id,
            walk: true,
        };
        let run = self.once.start(&subject, &self.options, ())?;
        let settled = run.inquire().await?;
        Ok(settled.map(|made| Created::new(made.answer, made.details)))
    }
}

impl SettleReply {
    pub(super) fn new(client: Client, ticket_id: i64, id: ExternalId) -> Self {
        Self {
            client,
            ticket_id,
            id,
            options: CallOptions::default(),
            once: OnceOptions::default(),
        }
    }

    settle_options!();

    async fn run(self) -> Result<Settled<Replied>, Error> {
        let subject = OfReply::new(&self.client, self.ticket_id, &self.id);
        let run = self.once.start(&subject, &self.options, ())?;
        let settled = run.inquire().await?;
        Ok(settled.map(|made| Replied::new(made.answer, made.details)))
    }
}

impl IntoFuture for Settle {
    type Output = Result<Settled, Error>;
    type IntoFuture = Pending<Settled>;

    fn into_future(self) -> Pending<Settled> {
        Box::pin(async {
            let id = self.id.clone();
            let settled = self.run().await;
            settled.map_err(|error| with_key::<OfTicket<'_>>(error, id))
        })
    }
}

impl IntoFuture for SettleReply {
    type Output = Result<Settled<Replied>, Error>;
    type IntoFuture = Pending<Settled<Replied>>;

    fn into_future(self) -> Pending<Settled<Replied>> {
        Box::pin(async {
            let id = self.id.clone();
            let settled = self.run().await;
            settled.map_err(|error| with_key::<OfReply<'_>>(error, id))
        })
    }
}
