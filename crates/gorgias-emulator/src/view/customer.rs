//! The forms of customers and agents in answers.

use serde_json::{Map, Value, json};

use crate::store::{Customer, Resource};

/// Returns the short form of a customer, for senders, receivers and the
/// customer of a list item.
pub(super) fn short(customer: &Customer) -> Value {
    json!({
        "id": customer.id,
        "email": customer.email,
        "name": customer.name,
        "firstname": customer.firstname(),
        "lastname": customer.lastname(),
        "meta": customer.meta,
    })
}

/// Returns the short form of an agent.
pub(super) fn agent(agent: &Resource) -> Value {
    let members = ["id", "email", "name", "firstname", "lastname", "meta"];
    let member = |name: &str| (name.to_owned(), json!(agent.get(name)));
    members.map(member).into_iter().collect()
}

/// Returns the long form, for `customer` and `requester` of a whole ticket. The
/// answer to a create lacks the data.
pub(super) fn of_ticket(customer: &Customer, with_data: bool) -> Value {
    let mut long = short(customer);
    super::set(&mut long, "channels", channels(customer));
    super::set(&mut long, "data", json!(customer.data));
    super::set(&mut long, "customer", Value::Null);
    super::set(&mut long, "integrations", json!({}));
    super::set(&mut long, "external_id", json!(customer.external_id));
    super::set(&mut long, "note", json!(customer.note));
    if with_data {
        super::set(&mut long, "external_data", json!(customer.external_data));
        super::set(&mut long, "ecommerce_data", json!({}));
    }
    long
}

fn channels(customer: &Customer) -> Value {
    let owner = json!({ "id": customer.id, "name": customer.name });
    let channels = customer.channels.iter().map(|channel| {
        json!({
            "id": channel.id,
            "type": channel.kind,
            "address": channel.address,
            "preferred": channel.preferred,
            "created_datetime": channel.created_datetime,
            "updated_datetime": channel.updated_datetime,
            "deleted_datetime": null,
            "user": owner,
            "customer": owner,
        })
    });
    channels.collect()
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
pub(crate) fn whole(customer: &Customer, shape: CustomerForm) -> Value {
    let fields = customer.custom_fields.iter();
    let fields = fields.map(|(id, value)| (id.to_string(), json!({ "value": value, "id": id })));
    let mut whole = json!({
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
    match shape {
        CustomerForm::Written => super::remove(&mut whole, &["ecommerce_data", "external_data"]),
        CustomerForm::Merged => super::remove(&mut whole, &["external_data"]),
        CustomerForm::Read => super::move_to_end(&mut whole, &["ecommerce_data"]),
        CustomerForm::Listed => {
            let left_out = [
                "channels",
                "customer",
                "ecommerce_data",
                "integrations",
                "external_data",
            ];
            super::remove(&mut whole, &left_out);
        }
    }
    whole
}
