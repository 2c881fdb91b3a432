//! Tests of faults that begin and end while an emulator runs.

use std::time::Duration;

use gorgias_emulator::{Applied, Emulator, Fault, FaultRule};
use http::Method;
use serde_json::{Value, json};

use crate::support::{call, creating, from_customer, get, request, unlimited};

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// Creates a ticket with this external id, and returns the status.
async fn create(emulator: &Emulator, external_id: &str) -> u16 {
    let body = from_customer("jane@example.com", json!({ "external_id": external_id }));
    let response = emulator.handle(creating(&body)).await.unwrap();
    response.status().as_u16()
}

/// Creates a ticket every ten seconds, and returns the statuses.
async fn every_ten_seconds(emulator: &Emulator, creates: usize) -> Vec<u16> {
    let mut statuses = Vec::new();
    for _ in 0..creates {
        statuses.push(create(emulator, "k").await);
        tokio::time::advance(seconds(10)).await;
    }
    statuses
}

#[tokio::test(start_paused = true)]
async fn an_outage_begins_and_ends_on_time() {
    let emulator = unlimited();
    emulator.inject_named("502,after=20s,for=20s").unwrap();
    let statuses = every_ten_seconds(&emulator, 5).await;
    assert_eq!(statuses, [201, 201, 502, 502, 201]);
}

#[tokio::test(start_paused = true)]
async fn an_outage_comes_again_and_again() {
    let emulator = unlimited();
    tokio::time::advance(seconds(7)).await;
    emulator
        .inject_named("login-page,for=10s,every=30s")
        .unwrap();
    let statuses = every_ten_seconds(&emulator, 7).await;
    assert_eq!(statuses, [200, 201, 201, 200, 201, 201, 200]);
}

#[tokio::test(start_paused = true)]
async fn conditions_count_within_the_time_of_an_outage_only() {
    let emulator = unlimited();
    emulator
        .inject_named("502,after=20s,for=60s,nth=2,times=1")
        .unwrap();
    let statuses = every_ten_seconds(&emulator, 5).await;
    assert_eq!(statuses, [201, 201, 201, 502, 201]);
}

#[tokio::test(start_paused = true)]
async fn what_was_taken_in_during_an_outage_is_applied_at_its_end() {
    let emulator = unlimited();
    let outage = Fault::named("502").unwrap().applied(Applied::WhenOver);
    emulator.inject(FaultRule::new(outage).lasting(seconds(30)));
    assert_eq!(create(&emulator, "a").await, 502);
    tokio::time::advance(seconds(20)).await;
    assert_eq!(create(&emulator, "b").await, 502);
    assert_eq!((emulator.ticket_count(), emulator.pending_count()), (0, 2));
    tokio::time::advance(seconds(10)).await;
    assert_eq!((emulator.ticket_count(), emulator.pending_count()), (2, 0));
    let ticket = emulator.assert_ticket("a");
    assert_eq!(ticket["created_datetime"], "2026-01-05T09:00:30+00:00");
}

#[tokio::test(start_paused = true)]
async fn an_outage_is_switched_on_and_off() {
    let emulator = unlimited();
    let other = emulator
        .inject_named("F7,external-id=x,applied=when-over")
        .unwrap();
    let body = from_customer("jane@example.com", json!({ "external_id": "x" }));
    assert!(emulator.handle(creating(&body)).await.is_err());
    let rule = "200-error,applied=when-over,times=always";
    let outage = emulator.inject_named(rule).unwrap();
    assert_eq!(create(&emulator, "a").await, 200);
    tokio::time::advance(seconds(500)).await;
    assert_eq!((emulator.ticket_count(), emulator.pending_count()), (0, 2));
    assert!(emulator.remove_fault(outage));
    emulator.assert_ticket("a");
    assert_eq!(create(&emulator, "b").await, 201);
    assert_eq!(emulator.count_with_external_id("x"), 0);
    assert!(emulator.remove_fault(other));
    emulator.assert_ticket("x");
}

#[tokio::test(start_paused = true)]
async fn a_request_that_arrives_after_its_outage_is_applied_at_once() {
    let emulator = unlimited();
    emulator
        .inject_named("502,applied=when-over,latency=5s,times=always")
        .unwrap();
    let late = tokio::spawn({
        let emulator = emulator.clone();
        async move { create(&emulator, "a").await }
    });
    tokio::time::sleep(seconds(1)).await;
    emulator.clear_faults();
    assert_eq!(late.await.unwrap(), 502);
    emulator.assert_ticket("a");
}

#[tokio::test(start_paused = true)]
async fn any_write_is_applied_late_or_twice_or_answered_by_nobody() {
    let emulator = unlimited();
    emulator.load(json!([{"id": 7}, {"id": 8}])).unwrap();
    let deleting = || {
        let request = request(Method::DELETE, "/api/tickets/7");
        request.body(bytes::Bytes::new()).unwrap()
    };
    emulator
        .inject_named("F7,operation=delete_ticket,applied=5s")
        .unwrap();
    emulator.handle(deleting()).await.unwrap_err();
    assert_eq!((emulator.ticket_count(), emulator.pending_count()), (2, 1));
    tokio::time::advance(seconds(5)).await;
    assert_eq!((emulator.ticket_count(), emulator.pending_count()), (1, 0));

    emulator
        .inject_named("none,operation=create_ticket_message,twice")
        .unwrap();
    let message = json!({"channel": "api", "from_agent": false});
    call(&emulator, Method::POST, "/api/tickets/8/messages", &message).await;
    emulator
        .inject_named("F8,operation=update_ticket,applied=at-once")
        .unwrap();
    let closing = request(Method::PUT, "/api/tickets/8").header("content-type", "application/json");
    let closing = closing.body(r#"{"status": "closed"}"#.into()).unwrap();
    emulator.handle(closing).await.unwrap_err();
    let ticket = get(&emulator, "/api/tickets/8").await.json();
    assert_eq!(ticket["messages"].as_array().unwrap().len(), 2);
    assert_eq!(ticket["status"], "closed");

    let outage = emulator
        .inject_named("502,applied=when-over,times=always")
        .unwrap();
    let customer = json!({"name": "Jane", "channels": []});
    let reply = call(&emulator, Method::POST, "/api/customers", &customer).await;
    assert_eq!(reply.status, 502);
    // A read isn't delayed until the end of the outage.
    get(&emulator, "/api/customers").await;
    assert_eq!(emulator.pending_count(), 1);
    assert!(emulator.remove_fault(outage));
    let list = get(&emulator, "/api/customers").await.json();
    assert_eq!(list["data"][0]["name"], "Jane");
    emulator
        .inject_named("data-null,operation=list_customers")
        .unwrap();
    let list = get(&emulator, "/api/customers").await.json();
    assert_eq!(list["data"], Value::Null);
}
