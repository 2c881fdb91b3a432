//! Dumps the account.

use serde_json::{Map, Value};

use super::customer::{self, Shape};
use super::ticket::{self, Form};
use crate::store::{Kind, Store};

/// Returns all resources, in the form in which they are loaded, without events
/// and files.
pub(crate) fn dump(store: &Store) -> Value {
    let mut whole = Map::new();
    for kind in Kind::ALL {
        let resources = store.resources(kind).iter();
        let resources = resources.map(|(_, resource)| Value::Object(resource.clone()));
        whole.insert(kind.name().to_owned(), resources.collect());
    }
    let customers = store.customers();
    let customers = customers.map(|customer| customer::whole(customer, Shape::Read));
    whole.insert("customers".to_owned(), customers.collect());
    let tickets = store.tickets();
    let tickets = tickets.map(|ticket| ticket::whole(store, ticket, Form::Read));
    whole.insert("tickets".to_owned(), tickets.collect());
    Value::Object(whole)
}
