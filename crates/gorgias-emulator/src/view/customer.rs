//! The forms of customers and agents in answers.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};

use crate::store::{Channel, Customer, Party, Resource, Store};

/// The short form of a customer or an agent: for senders, receivers, assignees, and
/// the customer of a list item.
pub(crate) enum PersonView<'a> {
    Customer(&'a Customer),
    Agent(&'a Resource),
    /// An agent that is assigned to a ticket.
    Assignee(&'a Resource),
}

impl<'a> PersonView<'a> {
    pub(crate) fn party(store: &'a Store, party: Party) -> Option<Self> {
        match party {
            Party::Customer(id) => store.customer(id).map(Self::Customer),
            Party::Agent(id) => store.agent(id).map(Self::Agent),
        }
    }
}

impl Serialize for PersonView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(None)?;
        match self {
            Self::Customer(customer) => write_short(&mut object, customer)?,
            Self::Agent(agent) | Self::Assignee(agent) => {
                for member in ["id", "email", "name", "firstname", "lastname", "meta"] {
                    object.serialize_entry(member, &agent.get(member))?;
                }
            }
        }
        if let Self::Assignee(_) = self {
            object.serialize_entry("bio", &())?;
        }
        object.end()
    }
}

fn write_short<M: SerializeMap>(object: &mut M, customer: &Customer) -> Result<(), M::Error> {
    object.serialize_entry("id", &customer.id)?;
    object.serialize_entry("email", &customer.email)?;
    object.serialize_entry("name", &customer.name)?;
    object.serialize_entry("firstname", customer.firstname())?;
    object.serialize_entry("lastname", customer.lastname())?;
    object.serialize_entry("meta", &customer.meta)
}

/// The long form of a customer, for `customer` and `requester` of a whole ticket.
pub(crate) struct CustomerView<'a> {
    pub(crate) customer: &'a Customer,
    /// Whether `external_data` and `ecommerce_data` are written. The answers to a
    /// create and to an update of a ticket lack them.
    pub(crate) with_data: bool,
}

impl Serialize for CustomerView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let customer = self.customer;
        let mut object = serializer.serialize_map(None)?;
        write_short(&mut object, customer)?;
        object.serialize_entry("channels", &channels(customer))?;
        object.serialize_entry("data", &customer.data)?;
        object.serialize_entry("customer", &())?;
        object.serialize_entry("integrations", &Map::new())?;
        object.serialize_entry("external_id", &customer.external_id)?;
        object.serialize_entry("note", &customer.note)?;
        if self.with_data {
            object.serialize_entry("external_data", &customer.external_data)?;
            object.serialize_entry("ecommerce_data", &Map::new())?;
        }
        object.end()
    }
}

/// An address of a customer.
#[derive(Serialize)]
struct ChannelView<'a> {
    #[serde(flatten)]
    channel: &'a Channel,
    deleted_datetime: (),
    user: ChannelOwner<'a>,
    customer: ChannelOwner<'a>,
}

/// The customer that a channel belongs to.
#[derive(Clone, Copy, Serialize)]
struct ChannelOwner<'a> {
    id: i64,
    name: &'a Option<String>,
}

fn channels(customer: &Customer) -> Vec<ChannelView<'_>> {
    let owner = ChannelOwner {
        id: customer.id,
        name: &customer.name,
    };
    let channels = customer.channels.iter();
    channels
        .map(|channel| ChannelView {
            channel,
            deleted_datetime: (),
            user: owner,
            customer: owner,
        })
        .collect()
}

/// The kind of answer that contains a customer outside a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CustomerForm {
    /// The answer to a create or an update.
    Written,
    Merged,
    Read,
    Listed,
}

/// Returns a customer that isn't part of a ticket.
pub(crate) fn whole(customer: &Customer, form: CustomerForm) -> Value {
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
        "channels": channels(customer),
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
