//! The handlers of operations. Each module has a table of handlers by the id of
//! the operation in the document. An operation that isn't in a table isn't
//! served.

mod account;
mod call;
mod custom_fields;
mod customers;
mod events;
mod list;
mod messages;
mod resources;
mod search;
mod tags;
mod tickets;
mod upload;
mod views;

pub(crate) use call::{Call, Handler};
pub(crate) use upload::file;

use call::Table;

const TABLES: [Table; 11] = [
    account::TABLE,
    custom_fields::TABLE,
    customers::TABLE,
    events::TABLE,
    messages::TABLE,
    resources::TABLE,
    search::TABLE,
    tags::TABLE,
    tickets::TABLE,
    upload::TABLE,
    views::TABLE,
];

/// Returns the ids of the operations that are served.
#[cfg(test)]
pub(crate) fn ids() -> impl Iterator<Item = &'static str> {
    TABLES.into_iter().flatten().map(|(id, _)| *id)
}

/// Returns the handler for an operation, if it is served.
pub(crate) fn handler(operation: &str) -> Option<Handler> {
    let mut rows = TABLES.into_iter().flatten();
    rows.find(|(id, _)| *id == operation)
        .map(|(_, handler)| *handler)
}
