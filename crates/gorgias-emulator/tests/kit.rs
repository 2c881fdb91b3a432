//! Tests of the assertions.

use std::panic::{AssertUnwindSafe, catch_unwind};

use bytes::Bytes;
use gorgias_emulator::Emulator;
use http::{Request, StatusCode};
use serde_json::json;

async fn get(emulator: &Emulator, path: &str) {
    let request = Request::get(path).header("authorization", "Bearer any");
    let request = request.body(Bytes::new()).unwrap();
    emulator.handle(request).await.unwrap();
}

fn panics(assertion: impl FnOnce()) -> String {
    let panic = catch_unwind(AssertUnwindSafe(assertion)).unwrap_err();
    panic.downcast_ref::<String>().unwrap().clone()
}

#[tokio::test]
async fn requests_are_counted_by_operation() {
    let emulator = Emulator::builder().build().unwrap();
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

    let told = panics(|| emulator.assert_received("list_tickets", 2));
    assert!(told.contains("expected 2 requests for list_tickets, and received 1"));
    assert!(told.contains("GET /api/tickets?limit=5"), "{told}");

    let told = panics(|| emulator.assert_received("get-ticket", 0));
    let start = "there is no operation \"get-ticket\", but ";
    assert!(
        told.starts_with(start) && told.contains(", get_ticket, "),
        "{told}"
    );
}

#[tokio::test]
async fn a_ticket_is_expected_once() {
    let emulator = Emulator::builder().build().unwrap();
    let told = panics(|| drop(emulator.assert_ticket("shop-1")));
    assert!(told.ends_with("there are 0; all tickets: none"), "{told}");

    let ticket = json!({"id": 7, "external_id": "shop-1", "subject": "Late"});
    emulator.load(json!([ticket])).unwrap();
    assert_eq!(emulator.assert_ticket("shop-1")["subject"], "Late");

    let again = json!({"id": 8, "external_id": "shop-1"});
    emulator.load(json!([again])).unwrap();
    let told = panics(|| drop(emulator.assert_ticket("shop-1")));
    assert!(told.contains("there are 2"), "{told}");
    assert!(told.ends_with("\n  7 \"shop-1\"\n  8 \"shop-1\""), "{told}");
}

#[tokio::test]
async fn faults_are_injected_by_name() {
    let emulator = Emulator::builder().build().unwrap();
    emulator.inject_named("429,operation=list_tickets").unwrap();
    assert!(emulator.inject_named("no-such-fault").is_err());
    assert!(emulator.inject_named("429,operation=list").is_err());
    get(&emulator, "/api/tickets").await;
    get(&emulator, "/api/tickets").await;
    assert_eq!(emulator.count_of(StatusCode::TOO_MANY_REQUESTS), 1);
    assert_eq!(emulator.count_of(StatusCode::OK), 1);
}
