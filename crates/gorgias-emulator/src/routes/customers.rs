//! Customers: list, create, read, change, merge and delete.

use serde_json::Value;

use super::call::{Call, CallResult, Table, empty, success};
use super::list::{self, Envelope};
use crate::http::cursor::Key;
use crate::store::{Customer, Refused, Store};
use crate::timestamp::Timestamp;
use crate::view::customer::{CustomerForm, whole};

pub(super) const TABLE: Table = &[
    ("list_customers", list),
    ("create_customer", create),
    ("get_customer", get),
    ("update_customer", update),
    ("merge_customers", merge),
    ("delete_customer", delete),
    ("update_customer_data", set_data),
];

fn answer(store: &Store, id: i64, shape: CustomerForm) -> CallResult {
    let customer = store.customer(id).ok_or(Refused::NotFound)?;
    success(&whole(customer, shape))
}

fn create(store: &mut Store, call: &Call) -> CallResult {
    let id = store.create_customer(call.members(), call.context())?;
    answer(store, id, CustomerForm::Written)
}

fn get(store: &mut Store, call: &Call) -> CallResult {
    answer(store, call.id("id"), CustomerForm::Read)
}

fn update(store: &mut Store, call: &Call) -> CallResult {
    let id = call.id("id");
    store.update_customer(id, call.members(), call.context())?;
    answer(store, id, CustomerForm::Written)
}

fn merge(store: &mut Store, call: &Call) -> CallResult {
    if call.members().is_empty() {
        return Err(Refused::at(&[], "The body needs a member."));
    }
    let (source, target) = (call.id("source_id"), call.id("target_id"));
    store.merge_customers(source, target, call.context())?;
    answer(store, target, CustomerForm::Merged)
}

fn delete(store: &mut Store, call: &Call) -> CallResult {
    store.delete_customer(call.id("id"), call.context())?;
    empty()
}

fn set_data(store: &mut Store, call: &Call) -> CallResult {
    let data = call.body.get("data").unwrap_or(&Value::Null);
    let version = call.body.get("version").and_then(Value::as_str);
    let version = version.and_then(Timestamp::parse);
    store.set_customer_data(call.id("customer_id"), data, version, call.context())?;
    empty()
}

fn list(store: &mut Store, call: &Call) -> CallResult {
    let (member, descending) = list::order(call, "created_datetime:desc");
    let customers = store.customers().filter(|customer| passes(call, customer));
    let customers = customers.map(|customer| {
        let at = match member {
            "updated_datetime" => customer.updated_datetime,
            _ => customer.created_datetime,
        };
        ((Key::Time(at), customer.id), customer)
    });
    let show = |customer: &Customer| whole(customer, CustomerForm::Listed);
    list::answer_items(call, Envelope::Plain, descending, customers, show)
}

fn passes(call: &Call, customer: &Customer) -> bool {
    let is = |name: &str, value: &Option<String>| {
        let wanted = call.text(name);
        wanted.is_none_or(|wanted| value.as_deref() == Some(wanted))
    };
    let email = call.text("email").map(str::to_lowercase);
    let has_channel = customer.channels.iter().any(|channel| {
        let kind = call.text("channel_type");
        let address = call.text("channel_address");
        kind.is_none_or(|kind| channel.kind == kind)
            && address.is_none_or(|address| channel.address.eq_ignore_ascii_case(address))
    });
    let asks_for_channel = ["channel_type", "channel_address"]
        .into_iter()
        .any(|name| call.text(name).is_some());
    // The emulator's views have no customers.
    call.number("view_id").is_none()
        && (email.is_none() || email == customer.email)
        && (has_channel || !asks_for_channel)
        && is("external_id", &customer.external_id)
        && is("name", &customer.name)
        && is("language", &customer.language)
        && is("timezone", &customer.timezone)
}
