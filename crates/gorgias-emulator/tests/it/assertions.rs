//! Tests of the assertions.

use std::panic::{AssertUnwindSafe, catch_unwind};

use gorgias_emulator::{Disconnect, Emulator, Exchange, LoadError};
use http::StatusCode;
use serde_json::json;

use crate::support::{get, unlimited};

/// Tests may share an emulator between threads.
#[test]
fn an_emulator_and_its_errors_cross_threads() {
    fn crosses_threads<T: Send + Sync + 'static>() {}
    crosses_threads::<Emulator>();
    crosses_threads::<Exchange>();
    crosses_threads::<Disconnect>();
    crosses_threads::<LoadError>();
}

fn panics(assertion: impl FnOnce()) -> String {
    let panic = catch_unwind(AssertUnwindSafe(assertion)).unwrap_err();
    panic.downcast_ref::<String>().unwrap().clone()
}

#[tokio::test]
async fn requests_are_counted_by_operation() {
    let emulator = unlimited();
    emulator.load(json!([{"id": 7}])).unwrap();
    emulator.assert_received("get_ticket", 0);
    get(&emulator, "/api/tickets/7").await;
    get(&emulator, "/api/tickets/8").await;
    get(&emulator, "/api/tickets?limit=5").await;
    get(&emulator, "/api/nothing").await;
    emulator.assert_received("get_ticket", 2);
    emulator.assert_received("list_tickets", 1);
    let statuses: Vec<_> = emulator
        .received("get_ticket")
        .iter()
        .map(|exchange| exchange.status.unwrap())
        .collect();
    assert_eq!(statuses, [StatusCode::OK, StatusCode::NOT_FOUND]);

    let message = panics(|| emulator.assert_received("list_tickets", 2));
    assert!(message.contains("expected 2 requests for list_tickets, and received 1"));
    assert!(message.contains("GET /api/tickets?limit=5"), "{message}");

    let message = panics(|| emulator.assert_received("get-ticket", 0));
    let start = "there is no operation \"get-ticket\", but ";
    assert!(
        message.starts_with(start) && message.contains(", get_ticket, "),
        "{message}"
    );
}

#[tokio::test]
async fn a_ticket_is_expected_once() {
    let emulator = unlimited();
    let message = panics(|| drop(emulator.assert_ticket("shop-1")));
    assert!(
        message.ends_with("there are 0; all tickets: none"),
        "{message}"
    );

    let ticket = json!({"id": 7, "external_id": "shop-1", "subject": "Late"});
    emulator.load(json!([ticket])).unwrap();
    assert_eq!(emulator.assert_ticket("shop-1")["subject"], "Late");

    let again = json!({"id": 8, "external_id": "shop-1"});
    emulator.load(json!([again])).unwrap();
    let message = panics(|| drop(emulator.assert_ticket("shop-1")));
    assert!(message.contains("there are 2"), "{message}");
    assert!(
        message.ends_with("\n  7 \"shop-1\"\n  8 \"shop-1\""),
        "{message}"
    );
}

#[tokio::test]
async fn faults_are_injected_by_name() {
    let emulator = unlimited();
    emulator.inject_named("429,operation=list_tickets").unwrap();
    assert!(emulator.inject_named("no-such-fault").is_err());
    assert!(emulator.inject_named("429,operation=list").is_err());
    get(&emulator, "/api/tickets").await;
    get(&emulator, "/api/tickets").await;
    assert_eq!(emulator.count_of(StatusCode::TOO_MANY_REQUESTS), 1);
    assert_eq!(emulator.count_of(StatusCode::OK), 1);
}
