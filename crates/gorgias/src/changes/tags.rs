//! The tags of a ticket.

use gorgias_api::calls::{CreateTicketTags, DeleteTicketTags, ListTicketTags, UpdateTicketTags};
use gorgias_api::types::SelectTags;

use crate::client::Client;

/// The tags of one ticket, from [`Tickets::tags`](crate::Tickets::tags).
///
/// Tags are given by their names in the account, in the same case. The service
/// refuses a name that the account doesn't have, so create the tag first, with
/// [`create_tag`](crate::api::Client::create_tag). The operations on a ticket's
/// tags in the generated client, [`Client::api`](crate::Client::api), also
/// accept ids.
#[derive(Clone, Debug)]
pub struct TicketTags {
    client: Client,
    ticket_id: i64,
}

impl TicketTags {
    pub(super) fn new(client: Client, ticket_id: i64) -> Self {
        Self { client, ticket_id }
    }

    /// Lists the ticket's tags.
    pub fn list(&self) -> ListTicketTags {
        self.client.api().list_ticket_tags(self.ticket_id)
    }

    /// Adds tags, and keeps those that the ticket has.
    pub fn add<T: Into<String>>(&self, names: impl IntoIterator<Item = T>) -> CreateTicketTags {
        let tags = select(names);
        self.client.api().create_ticket_tags(self.ticket_id, tags)
    }

    /// Replaces the ticket's tags by these. Without names the ticket has no tags
    /// afterwards.
    pub fn set<T: Into<String>>(&self, names: impl IntoIterator<Item = T>) -> UpdateTicketTags {
        let tags = select(names);
        self.client.api().update_ticket_tags(self.ticket_id, tags)
    }

    /// Removes tags from the ticket. The account keeps them.
    pub fn remove<T: Into<String>>(&self, names: impl IntoIterator<Item = T>) -> DeleteTicketTags {
        let tags = select(names);
        self.client.api().delete_ticket_tags(self.ticket_id, tags)
    }
}

fn select<T: Into<String>>(names: impl IntoIterator<Item = T>) -> SelectTags {
    SelectTags::new().names(names.into_iter().map(Into::into).collect())
}
