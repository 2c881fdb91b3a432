//! The forms of customers and agents in answers.

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{Empty, Nothing};
use crate::store::{Channel, Customer, Party, Resource, Store};
use crate::timestamp::Timestamp;

/// The short form, for senders, receivers and the customer of a list item.
#[derive(Serialize)]
pub(crate) struct PersonView<'a> {
    id: i64,
    email: Option<&'a str>,
    name: Option<&'a str>,
    firstname: &'a str,
    lastname: &'a str,
    meta: Option<&'a Value>,
    /// Only agents that are assigned to a ticket have one.
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

    pub(crate) fn agent(agent: &'a Resource) -> Self {
        let text = |member: &str| agent.get(member).and_then(Value::as_str);
        Self {
            id: agent.get("id").and_then(Value::as_i64).unwrap_or_default(),
            email: text("email"),
            name: text("name"),
            firstname: text("firstname").unwrap_or_default(),
            lastname: text("lastname").unwrap_or_default(),
            meta: agent.get("meta").filter(|meta| !meta.is_null()),
            bio: None,
        }
    }

    pub(crate) fn party(store: &'a Store, party: Party) -> Option<Self> {
        match party {
            Party::Customer(id) => store.customer(id).map(Self::customer),
            Party::Agent(id) => store.agent(id).map(Self::agent),
        }
    }

    pub(crate) fn assignee(agent: &'a Resource) -> Self {
        Self {
            bio: Some(None),
            ..Self::agent(agent)
        }
    }
}

/// The long form, for `customer` and `requester` of a whole ticket.
#[derive(Serialize)]
pub(crate) struct CustomerView<'a> {
    id: i64,
    email: Option<&'a str>,
    name: Option<&'a str>,
    firstname: &'a str,
    lastname: &'a str,
    meta: Option<&'a Value>,
    channels: Vec<ChannelView<'a>>,
    data: Option<&'a Value>,
    customer: Option<Nothing>,
    integrations: Empty,
    external_id: Option<&'a str>,
    note: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    external_data: Option<&'a Map<String, Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ecommerce_data: Option<Empty>,
}

impl<'a> CustomerView<'a> {
    /// `with_data` is false in the answer to a create, which lacks the two
    /// maps.
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
            data: customer.data.as_ref(),
            customer: None,
            integrations: Empty {},
            external_id: customer.external_id.as_deref(),
            note: customer.note.as_deref(),
            external_data: with_data.then_some(&customer.external_data),
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
            created_datetime: channel.created_datetime,
            updated_datetime: channel.updated_datetime,
            deleted_datetime: None,
            user: owner,
            customer: owner,
        }
    }
}

/// The answer that a customer alone is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CustomerForm {
    /// The answer to a create or an update.
    Written,
    Merged,
    Read,
    Listed,
}

/// Returns a customer alone.
pub(crate) fn whole(customer: &Customer, form: CustomerForm) -> Value {
    let channels = customer.channels.iter();
    let channels: Vec<_> = channels
        .map(|channel| ChannelView::new(customer, channel))
        .collect();
    let fields = customer.custom_fields.iter();
    let fields = fields.map(|(id, value)| (id.to_string(), json!({ "value": value, "id": id })));
    let mut object = json!({
        "id": customer.id,
        "external_id": customer.external_id,
        "active": true,
        "email": customer.email,
        "name": customer.name,
        "firstname": customer.firstname(),
        "lastname": customer.lastname(),
        "channels": channels,
        "language": customer.language,
        "timezone": customer.timezone,
        "created_datetime": customer.created_datetime,
        "updated_datetime": customer.updated_datetime,
        "meta": customer.meta,
        "data": customer.data,
        "customer": null,
        "ecommerce_data": {},
        "note": customer.note,
        "custom_fields": fields.collect::<Map<_, _>>(),
        "integrations": {},
        "external_data": customer.external_data,
    });
    match form {
        CustomerForm::Written => super::remove(&mut object, &["ecommerce_data", "external_data"]),
        CustomerForm::Merged => super::remove(&mut object, &["external_data"]),
        CustomerForm::Read => super::move_to_end(&mut object, &["ecommerce_data"]),
        CustomerForm::Listed => {
            let left_out = [
                "channels",
                "customer",
                "ecommerce_data",
                "integrations",
                "external_data",
            ];
            super::remove(&mut object, &left_out);
        }
    }
    object
}
