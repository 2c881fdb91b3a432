//! Exchanges of August 2026 that are not about tickets alone, from the emulator's
//! tests: the client reads each answer with every value.

use std::fs;
use std::path::Path;

use gorgias_api::types;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::replay::assert_kept;

/// Reads a body as a type of the client, and writes it again.
type Reread = fn(&Value) -> serde_json::Result<Value>;

fn reread<T: DeserializeOwned + Serialize>(body: &Value) -> serde_json::Result<Value> {
    let read: T = serde_json::from_str(&body.to_string())?;
    serde_json::to_value(read)
}

/// What the client reads the answer to each exchange as.
const TYPES: [(&str, Reread); 28] = [
    ("create-custom-field", reread::<types::CustomField>),
    ("create-customer", reread::<types::Customer>),
    ("create-message", reread::<types::TicketMessage>),
    (
        "create-satisfaction-survey",
        reread::<types::SatisfactionSurvey>,
    ),
    ("create-tag", reread::<types::Tag>),
    ("create-team", reread::<types::Team>),
    ("create-view", reread::<types::View>),
    ("get-customer", reread::<types::Customer>),
    ("get-integration", reread::<types::Integration>),
    ("get-message", reread::<types::TicketMessage>),
    ("list-custom-fields", reread::<types::CustomFieldList>),
    ("list-customers", reread::<types::CustomerList>),
    ("list-messages", reread::<types::MessageList>),
    ("list-tags", reread::<types::TagList>),
    (
        "list-ticket-custom-fields",
        reread::<types::TicketCustomFieldList>,
    ),
    ("list-ticket-messages", reread::<types::TicketMessageList>),
    ("list-ticket-tags", reread::<types::TicketTagList>),
    ("list-users", reread::<types::UserList>),
    ("list-view-items", reread::<types::ViewItemList>),
    ("merge-customers", reread::<types::Customer>),
    ("merge-tags", reread::<types::Tag>),
    ("search", reread::<types::SearchResultList>),
    ("update-customer", reread::<types::Customer>),
    (
        "update-customer-custom-fields",
        reread::<types::CustomerCustomFieldList>,
    ),
    ("update-message", reread::<types::TicketMessage>),
    (
        "update-satisfaction-survey",
        reread::<types::SatisfactionSurvey>,
    ),
    ("update-ticket", reread::<types::Ticket>),
    (
        "update-ticket-custom-fields",
        reread::<types::TicketCustomFieldList>,
    ),
];

#[test]
fn every_recorded_answer_is_read_with_every_value() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../gorgias-emulator/tests/recorded_exchange/2026-08/steps");
    for file in fs::read_dir(folder).unwrap() {
        let file = file.unwrap().path();
        let step: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        let body = &step["body"];
        if body.is_null() {
            continue;
        }
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        let known = TYPES.iter().find(|(known, _)| *known == name);
        let (_, reread) = known.unwrap_or_else(|| panic!("{name} has no type"));
        assert_kept(body, &reread(body).unwrap(), &name);
    }
}
