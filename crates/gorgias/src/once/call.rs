//! The call that creates a ticket once.

use gorgias_api::operations::CREATE_TICKET;
use gorgias_runtime::support::CallOptions;
use gorgias_runtime::{Error, ExternalId, call_options};

use super::SettlePolicy;
use super::run::Run;
use super::take::{Taken, take};
use crate::client::Client;
use crate::journal::BodyHash;
use crate::ticket::NewTicket;
use crate::tickets::{Created, Pending, Story, prepare};

/// The creation of one ticket under an external id, from
/// [`Tickets::create_once`](crate::Tickets::create_once).
#[derive(Debug)]
#[must_use = "nothing is sent until the call is awaited"]
pub struct CreateOnce {
    client: Client,
    id: ExternalId,
    ticket: NewTicket,
    options: CallOptions,
    settle: Option<SettlePolicy>,
    look_first: Option<bool>,
    walk: bool,
}

impl CreateOnce {
    pub(crate) fn new(client: Client, id: ExternalId, ticket: NewTicket) -> Self {
        Self {
            client,
            id,
            ticket,
            options: CallOptions::default(),
            settle: None,
            look_first: None,
            walk: true,
        }
    }

    call_options!();

    /// Sets how an unknown fate is settled, in place of the client's policy.
    pub fn settle(mut self, policy: SettlePolicy) -> Self {
        self.settle = Some(policy);
        self
    }

    /// Sets whether the service is asked for the ticket before it is sent the
    /// first time, which takes one more request.
    ///
    /// By default it is when the journal doesn't outlive the process, since
    /// an earlier process may have sent it.
    pub fn look_first(mut self, look: bool) -> Self {
        self.look_first = Some(look);
        self
    }

    /// Sets whether look-ups read the whole list, 25 pages of it at most, when
    /// the service doesn't filter by external id. They do by default. For who
    /// creates many tickets that costs too much each time; without it such a
    /// look-up proves nothing.
    pub fn walk(mut self, walk: bool) -> Self {
        self.walk = walk;
        self
    }

    async fn run(self) -> Result<Created, Error> {
        let shared = self.client.shared();
        let policy = self.settle.unwrap_or_else(|| shared.settle.clone());
        let limit = self
            .options
            .limit(&shared.connection, policy.settle_time())?;
        let ticket = self.ticket.under(&self.id)?;
        let prepared = prepare(shared, &ticket)?;
        let body = BodyHash::of(ticket.value_of(&prepared.body)?);
        let run = Run {
            client: &self.client,
            id: &self.id,
            prepared,
            policy,
            retry: self.options.retry(&shared.connection),
            limit,
            lane: self.options.lane,
            walk: self.walk,
            story: Story::default(),
            sent_at: None,
        };

        self.client.bind_journal().await?;
        match take(&self.client, &self.id, body, &limit).await? {
            Taken::New(claimed) => {
                let look_first = self.look_first;
                let look_first = look_first.unwrap_or_else(|| !shared.journal.is_durable());
                run.fresh(claimed, look_first).await
            }
            Taken::Unsent(claimed) => run.fresh(claimed, true).await,
            Taken::Inherited(claimed, before) => run.inherited(claimed, before).await,
            Taken::Done { ticket_id } => run.known(ticket_id).await,
            Taken::OtherBody => Err(Error::key_reused()),
        }
    }
}

impl IntoFuture for CreateOnce {
    type Output = Result<Created, Error>;
    type IntoFuture = Pending<Created>;

    fn into_future(self) -> Pending<Created> {
        Box::pin(async {
            let id = self.id.clone();
            let created = self.run().await;
            created.map_err(|error| {
                error
                    .of(CREATE_TICKET.id(), CREATE_TICKET.effect())
                    .under(id)
            })
        })
    }
}
