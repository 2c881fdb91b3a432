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

/// The creation of one ticket under an external id, from
/// [`Tickets::create_once`](crate::Tickets::create_once).
#[derive(Debug)]
#[must_use = "nothing is sent until the call is awaited"]
pub struct CreateOnce {
    resource: TicketResource,
    ticket: NewTicket,
    options: CallOptions,
    policy: Option<SettlePolicy>,
    look_first: Option<bool>,
}

/// The adding of one message to a ticket under an external id, from
/// [`Tickets::reply_once`](crate::Tickets::reply_once).
#[derive(Debug)]
#[must_use = "nothing is sent until the call is awaited"]
pub struct ReplyOnce {
    resource: ReplyResource,
    message: NewMessage,
    options: CallOptions,
    policy: Option<SettlePolicy>,
    look_first: Option<bool>,
}

/// The call that finds out whether the ticket of an external id exists, from
/// [`Tickets::settle`](crate::Tickets::settle).
#[derive(Debug)]
#[must_use = "nothing is asked until the call is awaited"]
pub struct Settle {
    resource: TicketResource,
    options: CallOptions,
    policy: Option<SettlePolicy>,
}

/// The call that finds out whether the reply of an external id exists, from
/// [`Tickets::settle_reply`](crate::Tickets::settle_reply).
#[derive(Debug)]
#[must_use = "nothing is asked until the call is awaited"]
pub struct SettleReply {
    resource: ReplyResource,
    options: CallOptions,
    policy: Option<SettlePolicy>,
}

/// Writes the setters of both calls that create something.
macro_rules! once_options {
    () => {
        call_options!();

        /// Sets how the call finds out whether a request was applied, in place of the
        /// client's policy.
        pub fn settle(mut self, policy: SettlePolicy) -> Self {
            self.policy = Some(policy);
            self
        }

        /// Sets whether the call looks for the ticket or reply before it sends the
        /// first request. That takes one more request.
        ///
        /// By default it does if the journal doesn't outlive the process, because
        /// an earlier process may have sent the request.
        pub fn look_first(mut self, look: bool) -> Self {
            self.look_first = Some(look);
            self
        }
    };
}

/// Writes the setters of both calls that create nothing.
macro_rules! settle_options {
    () => {
        call_options!();

        /// Sets how long the call looks, and whether it frees a key in doubt, in
        /// place of the client's policy. Only
        /// [`Resend::AfterQuiet`](crate::Resend::AfterQuiet) frees a key.
        pub fn settle(mut self, policy: SettlePolicy) -> Self {
            self.policy = Some(policy);
            self
        }
    };
}

impl CreateOnce {
    pub(super) fn new(client: Client, id: ExternalId, ticket: NewTicket) -> Self {
        Self {
            resource: TicketResource::new(client, id),
            ticket,
            options: CallOptions::default(),
            policy: None,
            look_first: None,
        }
    }

    once_options!();

    /// Sets whether look-ups read the whole list, 25 pages of it at most, when
    /// the service doesn't filter by external id. Look-ups do so by default, which
    /// costs too much for a program that creates many tickets. A look-up that may
    /// not read the list proves nothing then.
    pub fn read_whole_list(mut self, read: bool) -> Self {
        self.resource.read_whole_list = read;
        self
    }
}

impl ReplyOnce {
    pub(super) fn new(client: Client, ticket_id: i64, id: ExternalId, message: NewMessage) -> Self {
        Self {
            resource: ReplyResource::new(client, ticket_id, id),
            message,
            options: CallOptions::default(),
            policy: None,
            look_first: None,
        }
    }

    once_options!();
}

impl Settle {
    pub(super) fn new(client: Client, id: ExternalId) -> Self {
        Self {
            resource: TicketResource::new(client, id),
            options: CallOptions::default(),
            policy: None,
        }
    }

    settle_options!();
}

impl SettleReply {
    pub(super) fn new(client: Client, ticket_id: i64, id: ExternalId) -> Self {
        Self {
            resource: ReplyResource::new(client, ticket_id, id),
            options: CallOptions::default(),
            policy: None,
        }
    }

    settle_options!();
}

impl IntoFuture for CreateOnce {
    type Output = Result<Created, Error>;
    type IntoFuture = Pending<Created>;

    fn into_future(self) -> Pending<Created> {
        Box::pin(create(
            self.resource,
            self.ticket,
            self.options,
            self.policy,
            self.look_first,
        ))
    }
}

impl IntoFuture for ReplyOnce {
    type Output = Result<Replied, Error>;
    type IntoFuture = Pending<Replied>;

    fn into_future(self) -> Pending<Replied> {
        Box::pin(create(
            self.resource,
            self.message,
            self.options,
            self.policy,
            self.look_first,
        ))
    }
}

impl IntoFuture for Settle {
    type Output = Result<Settled, Error>;
    type IntoFuture = Pending<Settled>;

    fn into_future(self) -> Pending<Settled> {
        Box::pin(settle(self.resource, self.options, self.policy))
    }
}

impl IntoFuture for SettleReply {
    type Output = Result<Settled<Replied>, Error>;
    type IntoFuture = Pending<Settled<Replied>>;

    fn into_future(self) -> Pending<Settled<Replied>> {
        Box::pin(settle(self.resource, self.options, self.policy))
    }
}

/// Creates a resource once.
async fn create<R: Resource>(
    resource: R,
    new: R::New,
    options: CallOptions,
    policy: Option<SettlePolicy>,
    look_first: Option<bool>,
) -> Result<R::Created, Error> {
    let created = async {
        let (prepared, body) = resource.prepare(new)?;
        let run = Run::start(&resource, &options, policy)?;
        run.create(&prepared, body, look_first).await
    };
    let created = created.await;
    created.map_err(|error| with_key(error, &resource))
}

/// Finds out whether a resource exists.
async fn settle<R: Resource>(
    resource: R,
    options: CallOptions,
    policy: Option<SettlePolicy>,
) -> Result<Settled<R::Created>, Error> {
    let settled = async {
        let run = Run::start(&resource, &options, policy)?;
        run.inquire().await
    };
    let settled = settled.await;
    settled.map_err(|error| with_key(error, &resource))
}

/// Adds the operation and the external id to an error.
fn with_key<R: Resource>(error: Error, resource: &R) -> Error {
    let error = error.of(R::OPERATION.id(), R::OPERATION.effect());
    error.under(resource.id().clone())
}
