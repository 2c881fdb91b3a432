//! The call that adds a message to a ticket once.

use gorgias_runtime::support::CallOptions;
use gorgias_runtime::{Error, ExternalId, call_options};

use super::SettlePolicy;
use super::options::{OnceOptions, once_options};
use super::reply::OfReply;
use super::subject::with_key;
use crate::client::Client;
use crate::journal::BodyHash;
use crate::replies::{Replied, prepare};
use crate::ticket::NewMessage;
use crate::tickets::Pending;

/// The adding of one message to a ticket under an external id, from
/// [`Tickets::reply_once`](crate::Tickets::reply_once).
#[derive(Debug)]
#[must_use = "nothing is sent until the call is awaited"]
pub struct ReplyOnce {
    client: Client,
    ticket_id: i64,
    id: ExternalId,
    message: NewMessage,
    options: CallOptions,
    once: OnceOptions,
}

impl ReplyOnce {
    pub(super) fn new(client: Client, ticket_id: i64, id: ExternalId, message: NewMessage) -> Self {
        Self {
            client,
            ticket_id,
            id,
            message,
            options: CallOptions::default(),
            once: OnceOptions::default(),
        }
    }

    once_options!();

    async fn run(self) -> Result<Replied, Error> {
        let subject = OfReply::new(&self.client, self.ticket_id, &self.id);
        let message = self.message.under(&self.id)?;
        let prepared = prepare(&self.client, &message)?;
        let body = BodyHash::of_sent_reply(self.ticket_id, &prepared.body)?;
        let run = self.once.start(&subject, &self.options, prepared)?;
        let made = run.run(body, self.once.look_first).await?;
        Ok(Replied::new(made.answer, made.details))
    }
}

impl IntoFuture for ReplyOnce {
    type Output = Result<Replied, Error>;
    type IntoFuture = Pending<Replied>;

    fn into_future(self) -> Pending<Replied> {
        Box::pin(async {
            let id = self.id.clone();
            let replied = self.run().await;
            replied.map_err(|error| with_key::<OfReply<'_>>(error, id))
        })
    }
}
