//! The exchanges of August 2026. The fixtures have the recorded keys, their
//! order, the types of values and the distances of times; the texts are our
//! own.

use std::time::Duration;

use gorgias_emulator::{Clock, Emulator};
use serde_json::{Map, Value, json};

use crate::support::{build, create, get, unlimited};

/// One fixture, parsed with the order of its keys.
macro_rules! fixture {
    ($name:literal) => {
        serde_json::from_str::<Value>(include_str!(concat!("2026-08/", $name, ".json"))).unwrap()
    };
}

/// Compares as text, so that the order of keys counts.
fn assert_same(answer: &Value, recorded: &Value) {
    assert_eq!(
        serde_json::to_string_pretty(answer).unwrap(),
        serde_json::to_string_pretty(recorded).unwrap()
    );
}

/// Replaces ids and times, which the emulator makes up. Everything else has to
/// be the same.
fn without_ids_and_times(value: Value, key: &str) -> Value {
    match value {
        Value::Object(members) => {
            let members = members.into_iter().map(|(name, member)| {
                let member = without_ids_and_times(member, &name);
                match name.parse::<i64>() {
                    Ok(_) => ("ID".to_owned(), member),
                    Err(_) => (name, member),
                }
            });
            Value::Object(members.collect::<Map<_, _>>())
        }
        Value::Array(items) => items
            .into_iter()
            .map(|item| without_ids_and_times(item, key))
            .collect(),
        Value::Number(_) if key == "id" || key.ends_with("_id") => json!("an id"),
        Value::String(text) if key == "uri" => {
            let text: Vec<&str> = text.split(|c: char| c.is_ascii_digit()).collect();
            json!(text.concat())
        }
        Value::String(_) if key.ends_with("_datetime") => json!("a time"),
        Value::String(_) if key.ends_with("_cursor") => json!("a cursor"),
        Value::String(_) if key == "color" => json!("a color"),
        other => other,
    }
}

pub(crate) fn assert_alike(answer: Value, recorded: Value) {
    assert_same(
        &without_ids_and_times(answer, ""),
        &without_ids_and_times(recorded, ""),
    );
}

/// Loads the customer, which existed before the exchange.
fn load_customer(emulator: &Emulator, ticket: &Value) {
    let customers = json!({ "customers": [ticket["customer"]] });
    emulator.load(customers).unwrap();
}

#[tokio::test]
async fn a_create_without_via_source_and_receiver_is_answered_as_recorded() {
    let recorded = fixture!("created");
    let emulator = unlimited();
    load_customer(&emulator, &recorded);
    let answer = create(&emulator, &fixture!("create-request")).await;
    assert_alike(answer, recorded);
}

#[tokio::test]
async fn two_seconds_later_the_ticket_is_enriched_as_recorded() {
    let recorded = fixture!("get-enriched");
    let clock = Clock::manual(Clock::EPOCH);
    let builder = Emulator::builder().clock(clock.clone()).enrich(true);
    let emulator = build(builder);
    load_customer(&emulator, &recorded);
    let mut request = fixture!("create-request");
    request["channel"] = json!("email");
    let created = create(&emulator, &request).await;
    clock.advance(Duration::from_secs(2));
    let answer = get(&emulator, &format!("/api/tickets/{}", created["id"])).await;
    assert_alike(answer.json(), recorded);
}

#[tokio::test]
async fn a_loaded_ticket_is_read_as_it_was_recorded() {
    for recorded in [
        fixture!("get-incoming-email"),
        fixture!("get-enriched"),
        fixture!("get-internal-note"),
        fixture!("get-without-messages"),
    ] {
        let emulator = unlimited();
        emulator.load(json!([recorded])).unwrap();
        let answer = get(&emulator, &format!("/api/tickets/{}", recorded["id"])).await;
        assert_same(&answer.json(), &recorded);
        // A dump can be loaded again.
        let copy = unlimited();
        copy.load(emulator.dump()).unwrap();
        assert_eq!(copy.dump(), emulator.dump());
    }
}

/// Makes an account with the tickets of a recorded list, and with messages that
/// fit its items.
fn account_of(list: &Value) -> Emulator {
    let tickets = list["data"].as_array().unwrap().iter().map(|item| {
        let mut ticket = item.clone();
        let count = item["messages_count"].as_u64().unwrap();
        // The one text that was recorded whole had white space around it.
        let text = item["excerpt"].as_str().filter(|text| !text.is_empty());
        let text = text.map(|text| format!("\n{text}\n"));
        let message = json!({"channel": "phone", "from_agent": false, "body_text": text});
        ticket["messages"] = (0..count).map(|_| message.clone()).collect();
        ticket
    });
    let emulator = unlimited();
    emulator.load(tickets.collect()).unwrap();
    emulator
}

#[tokio::test]
async fn lists_are_answered_as_recorded() {
    for (query, recorded) in [
        ("", fixture!("list")),
        (
            "?order_by=updated_datetime:desc&limit=100",
            fixture!("list-ordered"),
        ),
    ] {
        let emulator = account_of(&recorded);
        let answer = get(&emulator, &format!("/api/tickets{query}")).await;
        assert_same(&answer.json(), &recorded);
    }
}
