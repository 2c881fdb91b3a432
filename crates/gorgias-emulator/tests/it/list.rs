//! Tests of the ticket list: envelope, filters, order and pages.

use std::collections::BTreeSet;

use gorgias_emulator::{Emulator, ExternalIdMatch, Strictness};
use http::StatusCode;
use serde_json::{Value, json};

use crate::support::{build, create, from_customer, get, unlimited};

/// Makes tickets `t-0` to `t-(count - 1)`, each a minute younger than the one
/// before.
async fn filled(count: usize) -> Emulator {
    let emulator = unlimited();
    for index in 0..count {
        let created = format!("2026-01-01T00:{index:02}:00Z");
        let updated = format!("2026-02-01T00:{:02}:00Z", 59 - index);
        let keys = json!({
            "external_id": format!("t-{index}"),
            "created_datetime": created,
            "updated_datetime": updated
        });
        create(&emulator, &from_customer("jane@example.com", keys)).await;
    }
    emulator
}

async fn list(emulator: &Emulator, query: &str) -> Value {
    let reply = get(emulator, &format!("/api/tickets{query}")).await;
    assert_eq!(reply.status, StatusCode::OK, "{:?}", reply.body);
    reply.json()
}

fn external_ids(page: &Value) -> Vec<&str> {
    let data = page["data"].as_array().expect("data");
    data.iter()
        .map(|ticket| ticket["external_id"].as_str().expect("an external id"))
        .collect()
}

#[tokio::test]
async fn the_envelope_and_items_are_as_recorded() {
    let emulator = filled(1).await;
    let page = list(&emulator, "?limit=100").await;
    assert_eq!(page["object"], "list");
    assert_eq!(page["uri"], "/api/tickets?limit=100");
    assert_eq!(
        page["meta"],
        json!({"prev_cursor": null, "next_cursor": null, "total_resources": null})
    );
    let item = page["data"][0].as_object().unwrap();
    let keys: Vec<&str> = item.keys().map(String::as_str).collect();
    assert_eq!(
        keys,
        [
            "id",
            "uri",
            "external_id",
            "language",
            "status",
            "priority",
            "channel",
            "via",
            "from_agent",
            "customer",
            "assignee_user",
            "assignee_team",
            "subject",
            "summary",
            "excerpt",
            "integrations",
            "meta",
            "tags",
            "messages_count",
            "is_unread",
            "spam",
            "created_datetime",
            "opened_datetime",
            "last_received_message_datetime",
            "last_message_datetime",
            "last_sent_message_not_delivered",
            "updated_datetime",
            "closed_datetime",
            "snooze_datetime",
            "trashed_datetime",
            "custom_fields"
        ]
    );
    assert_eq!(item["excerpt"], "Where is my order?");
    assert_eq!(item["messages_count"], 1);
    let customer: Vec<&String> = item["customer"].as_object().unwrap().keys().collect();
    assert_eq!(
        customer,
        ["id", "email", "name", "firstname", "lastname", "meta"]
    );
}

#[tokio::test]
async fn an_excerpt_is_cut_by_characters_and_then_trimmed() {
    let long = "é".repeat(300);
    for (text, excerpt) in [
        (json!(long), json!("é".repeat(200))),
        (json!(format!("\n{long}")), json!("é".repeat(199))),
        (json!(null), json!("")),
    ] {
        let emulator = unlimited();
        let message = json!({"channel": "api", "via": "api", "from_agent": false,
            "body_text": text});
        create(
            &emulator,
            &from_customer("jane@example.com", json!({"messages": [message]})),
        )
        .await;
        let page = list(&emulator, "").await;
        assert_eq!(page["data"][0]["excerpt"], excerpt);
    }
}

#[tokio::test]
async fn pages_cover_everything_once_in_every_order() {
    let emulator = filled(23).await;
    let rising: Vec<String> = (0..23).map(|index| format!("t-{index}")).collect();
    let falling: Vec<String> = rising.iter().rev().cloned().collect();
    for (order, expected) in [
        ("", &falling),
        ("&order_by=created_datetime:desc", &falling),
        ("&order_by=created_datetime:asc", &rising),
        ("&order_by=updated_datetime:desc", &rising),
        ("&order_by=updated_datetime:asc", &falling),
    ] {
        let mut seen = Vec::new();
        let mut query = format!("?limit=10{order}");
        loop {
            let page = list(&emulator, &query).await;
            seen.extend(external_ids(&page).iter().map(|id| id.to_string()));
            let Some(cursor) = page["meta"]["next_cursor"].as_str() else {
                break;
            };
            query = format!("?limit=10{order}&cursor={cursor}");
        }
        assert_eq!(seen, *expected, "{order}");
    }
}

#[tokio::test]
async fn the_previous_cursor_leads_back() {
    let emulator = filled(6).await;
    let first = list(&emulator, "?limit=2").await;
    assert_eq!(first["meta"]["prev_cursor"], Value::Null);
    let follow = async |page: &Value, cursor: &str| {
        let cursor = page["meta"][cursor].as_str().expect("a cursor");
        list(&emulator, &format!("?limit=2&cursor={cursor}")).await
    };
    let second = follow(&first, "next_cursor").await;
    let third = follow(&second, "next_cursor").await;
    assert_eq!(third["meta"]["next_cursor"], Value::Null);
    let back = follow(&third, "prev_cursor").await;
    assert_eq!(back["data"], second["data"]);
    assert_eq!(follow(&back, "prev_cursor").await["data"], first["data"]);
}

#[tokio::test]
async fn thirty_tickets_are_a_page_unless_told_otherwise() {
    let emulator = filled(32).await;
    assert_eq!(external_ids(&list(&emulator, "").await).len(), 30);
}

#[tokio::test]
async fn an_external_id_is_matched_byte_for_byte() {
    let emulator = filled(12).await;
    assert_eq!(
        external_ids(&list(&emulator, "?external_id=t-1").await),
        ["t-1"]
    );
    for other in ["T-1", "t-1%20", "t", ""] {
        let page = list(&emulator, &format!("?external_id={other}")).await;
        assert!(external_ids(&page).is_empty(), "{other}");
    }
}

#[tokio::test]
async fn an_external_id_can_be_shared_and_matched_more_loosely() {
    let strictness = Strictness::strict().external_id(ExternalIdMatch::IgnoreCase);
    let emulator = build(Emulator::builder().limit(None).strictness(strictness));
    for external_id in ["Shop-1", "shop-1", "shop-2"] {
        let keys = json!({ "external_id": external_id });
        create(&emulator, &from_customer("jane@example.com", keys)).await;
    }
    let page = list(&emulator, "?external_id=SHOP-1").await;
    assert_eq!(external_ids(&page).len(), 2);
    assert_eq!(emulator.count_with_external_id("shop-1"), 1);
}

#[tokio::test]
async fn filters_narrow_the_list() {
    let emulator = filled(3).await;
    let trashed = json!({"external_id": "bin", "trashed_datetime": "2026-01-01T00:00:00Z"});
    let bin = create(&emulator, &from_customer("joe@example.com", trashed)).await;
    let ids = async |query: String| {
        let page = list(&emulator, &query).await;
        let ids: BTreeSet<String> = external_ids(&page)
            .iter()
            .map(|id| id.to_string())
            .collect();
        ids.into_iter().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(ids(String::new()).await, "bin t-0 t-1 t-2");
    assert_eq!(ids("?trashed=false".to_owned()).await, "t-0 t-1 t-2");
    assert_eq!(ids("?trashed=true".to_owned()).await, "bin t-0 t-1 t-2");
    let joe = &bin["customer"]["id"];
    assert_eq!(ids(format!("?customer_id={joe}")).await, "bin");
    let id = bin["id"].as_i64().unwrap();
    let query = format!("?ticket_ids={id}&ticket_ids={}&ticket_ids=1", id - 1);
    assert_eq!(ids(query).await, "bin t-2");
    assert_eq!(ids("?view_id=1".to_owned()).await, "");
    assert_eq!(ids("?rule_id=1".to_owned()).await, "");
}

#[tokio::test]
async fn bad_parameters_are_refused_by_name() {
    let emulator = filled(1).await;
    for (query, name, message) in [
        ("limit=101", "limit", "Must be at most 100."),
        ("limit=0", "limit", "Must be at least 1."),
        ("limit=ten", "limit", "Must be an integer."),
        ("status=open", "status", "This parameter is not known."),
        (
            "cursor=nonsense",
            "cursor",
            "Must be a cursor of an earlier page.",
        ),
        ("trashed=maybe", "trashed", "Must be a boolean."),
        ("customer_id=0", "customer_id", "Must be at least 1."),
    ] {
        let reply = get(&emulator, &format!("/api/tickets?{query}")).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{query}");
        assert_eq!(reply.data()[name], json!([message]), "{query}");
    }
    let reply = get(&emulator, "/api/tickets?limit=101").await;
    assert_eq!(reply.message(), "limit: Must be at most 100.");
    let reply = get(&emulator, "/api/tickets?limit=101&status=open&ticket_ids=x").await;
    let data = reply.data();
    let names: Vec<&String> = data.as_object().unwrap().keys().collect();
    assert_eq!(names, ["status", "limit", "ticket_ids"]);
    assert_eq!(data["ticket_ids"]["0"], json!(["Must be an integer."]));
}
