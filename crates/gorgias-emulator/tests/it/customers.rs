//! Tests of the operations on customers.

use std::time::Duration;

use gorgias_emulator::{Clock, Emulator};
use http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{build, call, create, from_customer, get, unlimited};

async fn made(emulator: &Emulator, body: &Value) -> Value {
    let reply = call(emulator, Method::POST, "/api/customers", body).await;
    assert_eq!(reply.status, StatusCode::CREATED, "{:?}", reply.body);
    reply.json()
}

fn channel(kind: &str, address: &str) -> Value {
    json!({"type": kind, "address": address, "preferred": true})
}

#[tokio::test]
async fn a_customer_may_have_a_phone_number_only() {
    let emulator = unlimited();
    let phone = json!({"name": "Jane", "channels": [channel("phone", "+4912345")]});
    let jane = made(&emulator, &phone).await;
    assert_eq!(jane["email"], Value::Null);
    assert_eq!(jane["channels"][0]["address"], "+4912345");
    assert_eq!(
        (&jane["firstname"], &jane["lastname"]),
        (&json!("Jane"), &json!(""))
    );
    let found = get(
        &emulator,
        "/api/customers?channel_type=phone&channel_address=%2B4912345",
    );
    assert_eq!(found.await.json()["data"][0]["id"], jane["id"]);
    let again = call(&emulator, Method::POST, "/api/customers", &phone).await;
    assert_eq!(again.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn an_address_belongs_to_one_customer() {
    let emulator = unlimited();
    let body = json!({"email": "Jane@Example.com", "channels": []});
    let jane = made(&emulator, &body).await;
    assert_eq!(jane["email"], "jane@example.com");
    let reply = call(&emulator, Method::POST, "/api/customers", &body).await;
    assert_eq!(reply.status, StatusCode::BAD_REQUEST);
    assert_eq!(
        reply.data(),
        json!({"email": ["This e-mail address belongs to another customer."]})
    );
    let found = get(&emulator, "/api/customers?email=JANE@example.com&limit=1").await;
    assert_eq!(found.json()["data"][0]["id"], jane["id"]);
    let ticket = create(&emulator, &from_customer("jane@example.com", json!({}))).await;
    assert_eq!(ticket["customer"]["id"], jane["id"]);
}

#[tokio::test]
async fn an_update_replaces_channels_and_moves_the_time_when_it_changes_something() {
    let clock = Clock::manual(Clock::EPOCH);
    let emulator = build(Emulator::builder().limit(None).clock(clock.clone()));
    let body = json!({"name": "Jane Doe", "channels": [channel("email", "jane@example.com")]});
    let jane = made(&emulator, &body).await;
    let path = format!("/api/customers/{}", jane["id"]);
    clock.advance(Duration::from_secs(60));
    let same = call(&emulator, Method::PUT, &path, &json!({"name": "Jane Doe"})).await;
    assert_eq!(same.json(), jane);
    let change = json!({"name": "Jane Roe", "channels": [
        channel("email", "jane@example.com"), channel("phone", "+49")]});
    let changed = call(&emulator, Method::PUT, &path, &change).await.json();
    assert_eq!(changed["lastname"], "Roe");
    assert_eq!(changed["channels"][0]["id"], jane["channels"][0]["id"]);
    assert_eq!(changed["channels"][1]["type"], "phone");
    assert_eq!(changed["updated_datetime"], "2026-01-05T09:01:00+00:00");
    assert_eq!(changed["created_datetime"], jane["created_datetime"]);
    let unknown = call(&emulator, Method::PUT, &path, &json!({"firstname": "J"})).await;
    assert_eq!(unknown.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_merge_moves_tickets_and_deletes_its_source() {
    let emulator = unlimited();
    let ticket = create(&emulator, &from_customer("old@example.com", json!({}))).await;
    let source = &ticket["customer"]["id"];
    let target = made(
        &emulator,
        &json!({"name": "Jane", "channels": [channel("email", "new@example.com")]}),
    )
    .await;
    let merge = |source: &Value, target: &Value| {
        format!("/api/customers/merge?source_id={source}&target_id={target}")
    };
    let body = json!({"name": "Other"});
    let path = merge(source, &target["id"]);
    let nothing = call(&emulator, Method::PUT, &path, &json!({})).await;
    assert_eq!(nothing.status, StatusCode::BAD_REQUEST);
    let merged = call(&emulator, Method::PUT, &path, &body).await;
    assert!(merged.status.is_success(), "{:?}", merged.body);
    assert_eq!(merged.json()["name"], "Jane");
    let read = get(&emulator, &format!("/api/tickets/{}", ticket["id"]))
        .await
        .json();
    assert_eq!(read["customer"]["id"], target["id"]);
    assert_eq!(read["messages"][0]["sender"]["id"], target["id"]);
    let again = call(&emulator, Method::PUT, &path, &body).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND);
    let itself = call(
        &emulator,
        Method::PUT,
        &merge(&target["id"], &target["id"]),
        &body,
    )
    .await;
    assert_eq!(itself.status, StatusCode::BAD_REQUEST);
    let events = get(&emulator, "/api/events?types=customer-merged")
        .await
        .json();
    assert_eq!(
        events["data"][0]["data"],
        json!({"source_customer_id": source})
    );
}

#[tokio::test]
async fn a_deleted_customer_is_gone_and_its_address_is_free() {
    let emulator = unlimited();
    let body = json!({"channels": [channel("email", "jane@example.com")]});
    let jane = made(&emulator, &body).await;
    let path = format!("/api/customers/{}", jane["id"]);
    for status in [StatusCode::NO_CONTENT, StatusCode::NOT_FOUND] {
        let reply = call(&emulator, Method::DELETE, &path, &Value::Null).await;
        assert_eq!(reply.status, status);
    }
    made(&emulator, &body).await;
}

#[tokio::test]
async fn data_of_an_application_is_kept_apart() {
    let emulator = unlimited();
    let jane = made(&emulator, &json!({"channels": []})).await;
    let path = format!("/api/customers/{}", jane["id"]);
    for (version, plan) in [
        ("2026-01-02T00:00:00Z", "pro"),
        ("2026-01-01T00:00:00Z", "old"),
    ] {
        let data = json!({"data": {"plan": plan, "mrr": 5}, "version": version});
        let reply = call(&emulator, Method::PUT, &format!("{path}/data"), &data).await;
        assert!(reply.status.is_success() && reply.body.is_empty());
    }
    let read = get(&emulator, &path).await.json();
    assert_eq!(read["data"], Value::Null);
    let (_, data) = read["external_data"]
        .as_object()
        .unwrap()
        .iter()
        .next()
        .unwrap();
    assert_eq!(
        data.to_string(),
        r#"{"mrr":5,"plan":"pro","__app_name__":"Acme App"}"#
    );
}
