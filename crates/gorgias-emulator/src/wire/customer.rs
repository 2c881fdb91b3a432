//! Customers and agents as responses show them.

use serde::Serialize;
use serde_json::Value;

use super::{Empty, Nothing};
use crate::store::{Agent, Channel, Customer};
use crate::timestamp::Timestamp;

/// The short form: senders, receivers and the customer of a list item.
#[derive(Serialize)]
pub(crate) struct PersonView<'a> {
    id: i64,
    email: Option<&'a str>,
    name: Option<&'a str>,
    firstname: &'a str,
    lastname: &'a str,
    meta: Option<&'a Value>,
    /// Agents have one where they are assigned to a ticket.
    #[serde(skip_serializing_if = "Option::is_none")]
    bio: Option<Option<Nothing>>,
}

impl<'a> PersonView<'a> {
    pub(crate) fn customer(customer: &'a Customer) -> Self {
        Self {
            id: customer.id,
            email: customer.email.as_deref(),
            name: customer.name.as_deref(),
            firstname: customer.firstname(),
            lastname: customer.lastname(),
            meta: customer.meta.as_ref(),
            bio: None,
        }
    }

    pub(crate) fn agent(agent: &'a Agent) -> Self {
        Self {
            id: agent.id,
            email: agent.email.as_deref(),
            name: agent.name.as_deref(),
            firstname: agent.firstname(),
            lastname: agent.lastname(),
            meta: agent.meta.as_ref(),
            bio: None,
        }
    }

    pub(crate) fn assignee(agent: &'a Agent) -> Self {
        Self {
            bio: Some(None),
            ..Self::agent(agent)
        }
    }
}

/// The long form: `customer` and `requester` of a whole ticket.
#[derive(Serialize)]
pub(crate) struct CustomerView<'a> {
    id: i64,
    email: Option<&'a str>,
    name: Option<&'a str>,
    firstname: &'a str,
    lastname: &'a str,
    meta: Option<&'a Value>,
    channels: Vec<ChannelView<'a>>,
    data: Option<Nothing>,
    customer: Option<Nothing>,
    integrations: Empty,
    external_id: Option<&'a str>,
    note: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    external_data: Option<Empty>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ecommerce_data: Option<Empty>,
}

impl<'a> CustomerView<'a> {
    /// `with_data` is false in the answer to a create: the two maps are only
    /// there when a ticket is read.
    pub(crate) fn new(customer: &'a Customer, with_data: bool) -> Self {
        Self {
            id: customer.id,
            email: customer.email.as_deref(),
            name: customer.name.as_deref(),
            firstname: customer.firstname(),
            lastname: customer.lastname(),
            meta: customer.meta.as_ref(),
            channels: customer
                .channels
                .iter()
                .map(|channel| ChannelView::new(customer, channel))
                .collect(),
            data: None,
            customer: None,
            integrations: Empty {},
            external_id: customer.external_id.as_deref(),
            note: customer.note.as_deref(),
            external_data: with_data.then_some(Empty {}),
            ecommerce_data: with_data.then_some(Empty {}),
        }
    }
}

#[derive(Serialize)]
struct ChannelView<'a> {
    id: i64,
    #[serde(rename = "type")]
    kind: &'a str,
    address: &'a str,
    preferred: bool,
    created_datetime: Timestamp,
    updated_datetime: Timestamp,
    deleted_datetime: Option<Timestamp>,
    user: Owner<'a>,
    customer: Owner<'a>,
}

#[derive(Clone, Copy, Serialize)]
struct Owner<'a> {
    id: i64,
    name: Option<&'a str>,
}

impl<'a> ChannelView<'a> {
    fn new(customer: &'a Customer, channel: &'a Channel) -> Self {
        let owner = Owner {
            id: customer.id,
            name: customer.name.as_deref(),
        };
        Self {
            id: channel.id,
            kind: &channel.kind,
            address: &channel.address,
            preferred: channel.preferred,
            created_datetime: channel.created,
            updated_datetime: channel.updated,
            deleted_datetime: None,
            user: owner,
            customer: owner,
        }
    }
}
