//! Tests of the enrichment of new tickets.

use std::time::Duration;

use gorgias_emulator::{Clock, Emulator};
use serde_json::{Value, json};

use crate::support::{build, create, from_customer, get};

fn enriching() -> (Emulator, Clock) {
    let clock = Clock::manual(Clock::EPOCH);
    let builder = Emulator::builder().clock(clock.clone()).enrich(true);
    (build(builder), clock)
}

async fn read(emulator: &Emulator, created: &Value) -> Value {
    let path = format!("/api/tickets/{}", created["id"]);
    get(emulator, &path).await.json()
}

#[tokio::test]
async fn a_ticket_gets_a_language_and_its_message_an_intent() {
    let (emulator, clock) = enriching();
    let created = create(&emulator, &from_customer("jane@example.com", json!({}))).await;
    assert_eq!(created["language"], Value::Null);
    assert_eq!(created["messages"][0]["intents"], json!([]));

    clock.advance(Duration::from_secs(1));
    let early = read(&emulator, &created).await;
    assert_eq!(early["language"], Value::Null);
    assert_eq!(early["updated_datetime"], created["updated_datetime"]);

    clock.advance(Duration::from_secs(1));
    let late = read(&emulator, &created).await;
    assert_eq!(late["language"], "en");
    assert_eq!(late["messages"][0]["intents"][0]["name"], "other/question");
    assert_eq!(late["updated_datetime"], "2026-01-05T09:00:01.900000+00:00");
    // Only tickets on channel email get the custom field.
    assert_eq!(late.get("custom_fields"), None);
}

#[tokio::test]
async fn what_was_given_stays() {
    let (emulator, clock) = enriching();
    let keys = json!({"channel": "email", "language": "fr",
        "custom_fields": [{"id": 7, "value": "blue"}]});
    let created = create(&emulator, &from_customer("jane@example.com", keys)).await;
    clock.advance(Duration::from_secs(2));
    let late = read(&emulator, &created).await;
    assert_eq!(late["language"], "fr");
    assert_eq!(late["custom_fields"]["7"]["value"], "blue");
    assert_eq!(
        late["custom_fields"].as_object().map(|fields| fields.len()),
        Some(2)
    );
}

#[tokio::test]
async fn without_a_customers_text_only_the_time_moves() {
    let (emulator, clock) = enriching();
    let note = json!({"channel": "email", "messages": [{"channel": "internal-note",
        "from_agent": true, "public": false, "body_text": "For us."}]});
    let created = create(&emulator, &note).await;
    clock.advance(Duration::from_secs(2));
    let mut late = read(&emulator, &created).await;
    assert_eq!(late["updated_datetime"], "2026-01-05T09:00:00.200000+00:00");
    late["updated_datetime"] = created["updated_datetime"].clone();
    assert_eq!(late["language"], Value::Null);
    assert_eq!(late.get("custom_fields"), None);
}

#[tokio::test]
async fn the_list_orders_by_the_time_that_moved() {
    let (emulator, clock) = enriching();
    let first = create(&emulator, &from_customer("jane@example.com", json!({}))).await;
    let mut silent = from_customer("jane@example.com", json!({}));
    silent["messages"][0]["body_text"] = Value::Null;
    let second = create(&emulator, &silent).await;
    clock.advance(Duration::from_secs(2));
    let list = get(&emulator, "/api/tickets?order_by=updated_datetime:desc").await;
    let list = list.json();
    assert_eq!(list["data"][0]["id"], first["id"]);
    assert_eq!(list["data"][1]["id"], second["id"]);
    assert_eq!(list["data"][2], Value::Null);
}

#[tokio::test]
async fn a_create_that_is_applied_late_is_enriched_later_still() {
    let (emulator, clock) = enriching();
    emulator
        .inject_named("F7,operation=create_ticket,applied=5s")
        .unwrap();
    let request = crate::support::creating(&from_customer("jane@example.com", json!({})));
    emulator.handle(request).await.unwrap_err();
    clock.advance(Duration::from_secs(6));
    assert_eq!(emulator.tickets()[0]["language"], Value::Null);
    clock.advance(Duration::from_secs(1));
    let ticket = &emulator.tickets()[0];
    assert_eq!(ticket["created_datetime"], "2026-01-05T09:00:05+00:00");
    assert_eq!(
        ticket["updated_datetime"],
        "2026-01-05T09:00:06.900000+00:00"
    );
    assert_eq!(ticket["language"], "en");
}

#[tokio::test]
async fn nothing_moves_unless_asked_for() {
    let clock = Clock::manual(Clock::EPOCH);
    let emulator = build(Emulator::builder().clock(clock.clone()));
    create(
        &emulator,
        &from_customer("jane@example.com", json!({"channel": "email"})),
    )
    .await;
    let before = emulator.tickets();
    clock.advance(Duration::from_secs(60));
    assert_eq!(emulator.tickets(), before);
}
