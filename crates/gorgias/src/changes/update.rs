//! The call that changes a ticket.

use gorgias_api::Pending;
use gorgias_api::types::{CreateAssigneeTeam, CreateAssigneeUser, CreateTag, Ticket, UpdateTicket};
use gorgias_runtime::support::{CallOptions, OperationCall};
use gorgias_runtime::{Error, Response, call_options};

use crate::client::Client;
use crate::ticket::Contact;

/// A change of one ticket, from [`Tickets::update`](crate::Tickets::update). Set the
/// members that are to change, then `await` the call. The other members stay as they
/// are.
#[derive(Clone)]
#[must_use = "nothing is sent until the call is awaited"]
pub struct TicketUpdate {
    client: Client,
    id: i64,
    pub(crate) changes: UpdateTicket,
    options: CallOptions,
}

impl TicketUpdate {
    pub(super) fn new(client: Client, id: i64) -> Self {
        Self {
            client,
            id,
            changes: UpdateTicket::default(),
            options: CallOptions::default(),
        }
    }

    /// Assigns the ticket to a user, by id.
    pub fn assignee_user(mut self, id: i64) -> Self {
        let user = CreateAssigneeUser::new().id(id);
        self.changes = self.changes.assignee_user(user);
        self
    }

    /// Assigns the ticket to a team, by id.
    pub fn assignee_team(mut self, id: i64) -> Self {
        let team = CreateAssigneeTeam::new().id(id);
        self.changes = self.changes.assignee_team(team);
        self
    }

    /// Changes the customer of the ticket to the one with this id or e-mail
    /// address. For an unknown address the service creates a customer.
    pub fn customer(mut self, customer: impl Into<Contact>) -> Self {
        let customer = customer.into().into_customer();
        self.changes = self.changes.customer(customer);
        self
    }

    /// Replaces all tags of the ticket by tags of the account, by name. See
    /// [`Tickets::tags`](crate::Tickets::tags) for adding and removing one.
    pub fn tags<T: Into<String>>(mut self, names: impl IntoIterator<Item = T>) -> Self {
        let tags: Vec<_> = names.into_iter().map(CreateTag::new).collect();
        self.changes = self.changes.tags(tags);
        self
    }

    call_options!();

    async fn run(self) -> Result<Response<Ticket>, Error> {
        let call = self.client.api().update_ticket(self.id, self.changes);
        call.with_options(self.options).await
    }
}

impl IntoFuture for TicketUpdate {
    type Output = Result<Response<Ticket>, Error>;
    type IntoFuture = Pending<Ticket>;

    fn into_future(self) -> Pending<Ticket> {
        Box::pin(self.run())
    }
}

crate::ticket::opaque_debug!(TicketUpdate);
