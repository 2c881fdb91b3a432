//! The calls that create a ticket or a reply once, or find out whether it exists.

use gorgias_runtime::support::CallOptions;
use gorgias_runtime::{Error, ExternalId, call_options};

use super::SettlePolicy;
use super::inquiry::Settled;
use super::reply::ReplyResource;
use super::resource::Resource;
use super::run::Run;
use super::ticket::TicketResource;
use crate::client::Client;
use crate::replies::Replied;
use crate::ticket::{NewMessage, NewTicket};
use crate::tickets::{Created, Pending};

/// The call that creates one ticket under an external id, from
/// [`Tickets::create_once`](crate::Tickets::create_once).
#[derive(Debug)]
#[must_use = "nothing is sent until the call is awaited"]
pub struct CreateOnce {
    call: OnceCall<TicketResource>,
    ticket: NewTicket,
}

/// The call that adds one message to a ticket under an external id, from
/// [`Tickets::reply_once`](crate::Tickets::reply_once).
#[derive(Debug)]
#[must_use = "nothing is sent until the call is awaited"]
pub struct ReplyOnce {
    call: OnceCall<ReplyResource>,
    message: NewMessage,
}

/// The call that finds out whether the ticket of an external id exists, from
/// [`Tickets::settle`](crate::Tickets::settle).
#[derive(Debug)]
#[must_use = "nothing is asked until the call is awaited"]
pub struct Settle {
    call: OnceCall<TicketResource>,
}

/// The call that finds out whether the reply of an external id exists, from
/// [`Tickets::settle_reply`](crate::Tickets::settle_reply).
#[derive(Debug)]
#[must_use = "nothing is asked until the call is awaited"]
pub struct SettleReply {
    call: OnceCall<ReplyResource>,
}

/// The parts that all four calls have.
#[derive(Debug)]
struct OnceCall<R> {
    resource: R,
    options: CallOptions,
    policy: Option<SettlePolicy>,
    /// Whether to look for the resource before the first request is sent. `None` if
    /// the caller didn't choose.
    look_first: Option<bool>,
}

/// Writes the setters of both calls that create something.
macro_rules! once_options {
    () => {
        call_options!(call.options);

        /// Sets how the call finds out whether a request was applied, in place of the
        /// client's policy.
        pub fn settle(mut self, policy: SettlePolicy) -> Self {
            self.call.policy = Some(policy);
            self
        }

        /// Sets whether the call looks for the ticket or reply before it sends the
        /// first request. The look-up takes at least one more request.
        ///
        /// By default the call looks first if the journal doesn't outlive the
        /// process, because an earlier process may have sent the request. If the
        /// journal has an intent for the id, the call looks first in any case.
        pub fn look_first(mut self, look: bool) -> Self {
            self.call.look_first = Some(look);
            self
        }
    };
}

/// Writes the setters of both calls that create nothing.
macro_rules! settle_options {
    () => {
        call_options!(call.options);

        /// Sets how long the call looks, and whether it frees a key in doubt, in
        /// place of the client's policy. Only
        /// [`Resend::AfterQuiet`](crate::Resend::AfterQuiet) frees a key.
        pub fn settle(mut self, policy: SettlePolicy) -> Self {
            self.call.policy = Some(policy);
            self
        }
    };
}

impl CreateOnce {
    pub(super) fn new(client: Client, id: ExternalId, ticket: NewTicket) -> Self {
        Self {
            call: OnceCall::new(TicketResource::new(client, id)),
            ticket,
        }
    }

    once_options!();

    /// Sets whether look-ups read the whole list, 25 pages of it at most, when the
    /// service doesn't filter by external id. They do by default, which costs too
    /// much for a program that creates many tickets. If a look-up may not read the
    /// list, it can't prove then that the ticket is absent.
    pub fn read_whole_list(mut self, read: bool) -> Self {
        self.call.resource.read_whole_list = read;
        self
    }
}

impl ReplyOnce {
    pub(super) fn new(client: Client, ticket_id: i64, id: ExternalId, message: NewMessage) -> Self {
        Self {
            call: OnceCall::new(ReplyResource::new(client, ticket_id, id)),
            message,
        }
    }

    once_options!();
}

impl Settle {
    pub(super) fn new(client: Client, id: ExternalId) -> Self {
        Self {
            call: OnceCall::new(TicketResource::new(client, id)),
        }
    }

    settle_options!();
}

impl SettleReply {
    pub(super) fn new(client: Client, ticket_id: i64, id: ExternalId) -> Self {
        Self {
            call: OnceCall::new(ReplyResource::new(client, ticket_id, id)),
        }
    }

    settle_options!();
}

impl IntoFuture for CreateOnce {
    type Output = Result<Created, Error>;
    type IntoFuture = Pending<Created>;

    fn into_future(self) -> Pending<Created> {
        Box::pin(self.call.create(self.ticket))
    }
}

impl IntoFuture for ReplyOnce {
    type Output = Result<Replied, Error>;
    type IntoFuture = Pending<Replied>;

    fn into_future(self) -> Pending<Replied> {
        Box::pin(self.call.create(self.message))
    }
}

impl IntoFuture for Settle {
    type Output = Result<Settled, Error>;
    type IntoFuture = Pending<Settled>;

    fn into_future(self) -> Pending<Settled> {
        Box::pin(self.call.settle())
    }
}

impl IntoFuture for SettleReply {
    type Output = Result<Settled<Replied>, Error>;
    type IntoFuture = Pending<Settled<Replied>>;

    fn into_future(self) -> Pending<Settled<Replied>> {
        Box::pin(self.call.settle())
    }
}

impl<R: Resource> OnceCall<R> {
    fn new(resource: R) -> Self {
        Self {
            resource,
            options: CallOptions::default(),
            policy: None,
            look_first: None,
        }
    }

    /// Creates the resource once.
    async fn create(self, new: R::New) -> Result<R::Created, Error> {
        let created = async {
            let (prepared, body) = self.resource.prepare(new)?;
            let run = Run::start(&self.resource, &self.options, self.policy)?;
            run.create(&prepared, body, self.look_first).await
        };
        let created = created.await;
        created.map_err(|error| with_key(error, &self.resource))
    }

    /// Finds out whether the resource exists.
    async fn settle(self) -> Result<Settled<R::Created>, Error> {
        let settled = async {
            let run = Run::start(&self.resource, &self.options, self.policy)?;
            run.inquire().await
        };
        let settled = settled.await;
        settled.map_err(|error| with_key(error, &self.resource))
    }
}

/// Adds the operation and the external id to an error.
fn with_key<R: Resource>(error: Error, resource: &R) -> Error {
    error.of(R::OPERATION).under(resource.id().clone())
}
