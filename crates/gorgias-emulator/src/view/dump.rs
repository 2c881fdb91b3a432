//! Writes the content of an account as one JSON object.

use serde_json::{Map, Value};

use super::customer::{self, CustomerForm};
use super::ticket;
use crate::store::{ResourceKind, Store};

/// Returns all resources except events and files, in the form in which an account is
/// loaded.
pub(crate) fn dump(store: &Store) -> Value {
    let mut whole = Map::new();
    for (kind, name) in ResourceKind::ALL {
        let resources = store.resources(kind);
        let resources = resources.map(|(_, resource)| Value::Object(resource.clone()));
        whole.insert(name.to_owned(), resources.collect());
    }
    let customers = store.customers();
    let customers = customers.map(|customer| customer::whole(customer, CustomerForm::Read));
    whole.insert("customers".to_owned(), customers.collect());
    let tickets = ticket::read(store, store.tickets());
    whole.insert("tickets".to_owned(), tickets.into());
    Value::Object(whole)
}
