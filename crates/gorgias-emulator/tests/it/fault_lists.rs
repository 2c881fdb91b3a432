//! Tests of the faults of lists, with a look-up.

use gorgias_emulator::{Emulator, catalogue};
use serde_json::{Value, json};

use crate::support::{create, from_customer, get, unlimited};

async fn with_tickets(external_ids: &[&str]) -> Emulator {
    let emulator = unlimited();
    for external_id in external_ids {
        let keys = json!({ "external_id": external_id });
        create(&emulator, &from_customer("jane@example.com", keys)).await;
    }
    emulator
}

/// Returns the answer to a look-up of `k-1`.
async fn looked_up(emulator: &Emulator, fault: &str) -> Value {
    emulator.inject_named(fault).unwrap();
    let reply = get(emulator, "/api/tickets?external_id=k-1").await;
    assert_eq!(reply.status, 200, "{fault}");
    assert_eq!(emulator.requests().last().unwrap().fault, named(fault));
    reply.json()
}

fn named(fault: &str) -> Option<&'static str> {
    let info = catalogue().find(|info| info.name() == fault);
    info.map(|info| info.id())
}

fn external_ids(list: &Value) -> Vec<&str> {
    let items = list["data"].as_array().unwrap().iter();
    let ids = items.map(|item| item["external_id"].as_str().unwrap());
    ids.collect()
}

#[tokio::test]
async fn a_list_without_data_of_its_kind() {
    let emulator = with_tickets(&["k-1"]).await;
    assert_eq!(looked_up(&emulator, "data-null").await["data"], Value::Null);
    assert_eq!(looked_up(&emulator, "data-text").await["data"], "none");
    assert_eq!(looked_up(&emulator, "data-object").await["data"], json!({}));
    let missing = looked_up(&emulator, "data-missing").await;
    assert_eq!(
        (missing.get("data"), &missing["object"]),
        (None, &json!("list"))
    );
    let bare = looked_up(&emulator, "bare-array").await;
    assert_eq!(bare[0]["external_id"], "k-1");
}

#[tokio::test]
async fn items_that_cannot_be_read_are_there_even_where_no_ticket_is() {
    for tickets in [&["k-1"][..], &[]] {
        let emulator = with_tickets(tickets).await;
        let item = async |fault| looked_up(&emulator, fault).await["data"][0].clone();
        assert_eq!(item("item-null").await, Value::Null);
        let null = item("item-id-null").await;
        assert_eq!(
            (&null["id"], &null["external_id"]),
            (&Value::Null, &json!("k-1"))
        );
        assert_eq!(item("item-id-text").await["id"], "none");
        let missing = item("external-id-missing").await;
        assert!(missing["id"].is_i64() && missing.get("external_id").is_none());
        assert_eq!(item("external-id-null").await["external_id"], Value::Null);
        assert_eq!(item("external-id-object").await["external_id"], json!({}));
    }
}

#[tokio::test]
async fn external_ids_of_digits_as_numbers() {
    assert_eq!(
        looked_up(&unlimited(), "external-id-number").await["data"],
        json!([])
    );
    let emulator = with_tickets(&["17", "017"]).await;
    emulator.inject_named("external-id-number").unwrap();
    let list = get(&emulator, "/api/tickets?order_by=created_datetime:asc")
        .await
        .json();
    assert_eq!(list["data"][0]["external_id"], 17);
    assert_eq!(list["data"][1]["external_id"], "017");
}

#[tokio::test]
async fn what_is_asked_for_comes_on_a_later_page() {
    for (fault, first) in [
        ("empty-first-page", vec![]),
        ("other-first-page", vec!["k-1-of-another"]),
    ] {
        let emulator = with_tickets(&["k-1", "k-2"]).await;
        let page = looked_up(&emulator, fault).await;
        assert_eq!(external_ids(&page), first, "{fault}");
        let cursor = page["meta"]["next_cursor"].as_str().unwrap();
        emulator
            .inject_named(&format!("{fault},times=always"))
            .unwrap();
        let path = format!("/api/tickets?external_id=k-1&cursor={cursor}");
        let next = get(&emulator, &path).await.json();
        assert_eq!(external_ids(&next), ["k-1"], "{fault}");
        assert_eq!(next["meta"]["next_cursor"], Value::Null);
    }
}

#[tokio::test]
async fn a_cursor_that_leads_to_itself() {
    let emulator = with_tickets(&["k-1"]).await;
    emulator
        .inject_named("repeated-cursor,times=always")
        .unwrap();
    let mut path = "/api/tickets?limit=1".to_owned();
    for _ in 0..3 {
        let page = get(&emulator, &path).await.json();
        assert_eq!(page["data"], json!([]));
        let cursor = page["meta"]["next_cursor"].as_str().unwrap();
        path = format!("/api/tickets?limit=1&cursor={cursor}");
    }
}

#[tokio::test]
async fn a_filter_that_lets_in_what_does_not_fit() {
    let emulator = with_tickets(&["k-1", "K-1", "k-12", "other"]).await;
    let ignored = looked_up(&emulator, "filter-ignored").await;
    assert_eq!(external_ids(&ignored), ["other", "k-12", "K-1", "k-1"]);
    let case = looked_up(&emulator, "filter-ignores-case").await;
    assert_eq!(external_ids(&case), ["K-1", "k-1"]);
    let prefix = looked_up(&emulator, "filter-by-prefix").await;
    assert_eq!(external_ids(&prefix), ["k-12", "k-1"]);
}

#[tokio::test]
async fn the_faults_of_lists_happen_to_nothing_else() {
    let emulator = with_tickets(&["k-1"]).await;
    for info in catalogue().filter(|info| info.is_of_lists()) {
        emulator.inject_named(info.id()).unwrap();
        let ticket = create(&emulator, &from_customer("jane@example.com", json!({}))).await;
        get(&emulator, &format!("/api/tickets/{}", ticket["id"])).await;
        let happened = emulator.faults().last().unwrap().happened;
        assert_eq!(happened, 0, "{}", info.id());
        emulator.clear_faults();
    }
}
