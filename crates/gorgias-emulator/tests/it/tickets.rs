//! Tests of changes of a ticket.

use std::time::Duration;

use gorgias_emulator::{Clock, Emulator};
use http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{build, call, create, from_customer, get, minimal, unlimited};

/// Makes an emulator with a manual clock.
fn stopped() -> (Emulator, Clock) {
    let clock = Clock::manual(Clock::EPOCH);
    let emulator = build(Emulator::builder().limit(None).clock(clock.clone()));
    (emulator, clock)
}

async fn updated(emulator: &Emulator, path: &str) -> Value {
    get(emulator, path).await.json()["updated_datetime"].clone()
}

#[tokio::test]
async fn an_update_changes_what_it_gives_and_moves_the_time() {
    let (emulator, clock) = stopped();
    let keys = json!({"external_id": "shop-1", "subject": "Late"});
    let ticket = create(&emulator, &from_customer("jane@example.com", keys)).await;
    let path = format!("/api/tickets/{}", ticket["id"]);
    clock.advance(Duration::from_secs(60));
    let change = json!({"status": "closed", "subject": null, "assignee_user": {"id": 5},
        "external_id": "shop-2", "customer": {"email": "joe@example.com"}});
    let reply = call(&emulator, Method::PUT, &path, &change).await;
    assert!(reply.status.is_success(), "{:?}", reply.body);
    let closed = reply.json();
    assert_eq!(closed["subject"], Value::Null);
    assert_eq!(closed["assignee_user"]["id"], 5);
    assert_eq!(closed["customer"]["email"], "joe@example.com");
    assert_eq!(closed["channel"], ticket["channel"]);
    assert_eq!(closed["closed_datetime"], "2026-01-05T09:01:00+00:00");
    assert_eq!(closed["updated_datetime"], closed["closed_datetime"]);
    assert_eq!(emulator.count_with_external_id("shop-1"), 0);
    assert_eq!(emulator.count_with_external_id("shop-2"), 1);

    clock.advance(Duration::from_secs(60));
    let again = json!({"status": "closed", "assignee_user": {"id": 0}});
    let again = call(&emulator, Method::PUT, &path, &again).await.json();
    assert_eq!(again["closed_datetime"], closed["closed_datetime"]);
    assert_eq!(again["updated_datetime"], "2026-01-05T09:02:00+00:00");
    assert_eq!(again["assignee_user"], Value::Null);
    let open = call(&emulator, Method::PUT, &path, &json!({"status": "open"})).await;
    assert_eq!(open.json()["closed_datetime"], Value::Null);
}

#[tokio::test]
async fn a_ticket_goes_to_the_trash_and_comes_back() {
    let (emulator, _) = stopped();
    let ticket = create(&emulator, &minimal()).await;
    let path = format!("/api/tickets/{}", ticket["id"]);
    let listed = async || {
        let list = get(&emulator, "/api/tickets?trashed=false").await.json();
        list["data"].as_array().unwrap().len()
    };
    for (time, count) in [(json!("2026-01-05T09:00:00Z"), 0), (Value::Null, 1)] {
        let change = json!({ "trashed_datetime": time });
        let reply = call(&emulator, Method::PUT, &path, &change).await;
        assert_eq!(reply.json()["trashed_datetime"].is_null(), time.is_null());
        assert_eq!(listed().await, count);
    }
    let deleted = call(&emulator, Method::DELETE, &path, &Value::Null).await;
    assert_eq!(deleted.status, StatusCode::NO_CONTENT);
    assert_eq!(get(&emulator, &path).await.status, StatusCode::NOT_FOUND);
    let again = call(&emulator, Method::DELETE, &path, &Value::Null).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND);
    assert_eq!(emulator.ticket_count(), 0);
}

#[tokio::test]
async fn a_new_message_moves_the_time_and_reopens_and_other_changes_of_it_do_not() {
    let (emulator, clock) = stopped();
    let keys = json!({"status": "closed"});
    let ticket = create(&emulator, &from_customer("jane@example.com", keys)).await;
    let path = format!("/api/tickets/{}", ticket["id"]);
    let messages = format!("{path}/messages");
    clock.advance(Duration::from_secs(60));
    let note = json!({"channel": "internal-note", "from_agent": true, "public": false,
        "body_text": "Look here."});
    let reply = call(&emulator, Method::POST, &messages, &note).await;
    assert!(reply.status.is_success(), "{:?}", reply.body);
    let read = get(&emulator, &path).await.json();
    assert_eq!(read["updated_datetime"], "2026-01-05T09:01:00+00:00");
    assert_eq!(
        read["last_message_datetime"],
        ticket["last_message_datetime"]
    );
    assert_eq!(read["status"], "closed");
    let reply = json!({"channel": "api", "from_agent": false, "body_text": "Still late.",
        "sender": {"email": "jane@example.com"}});
    let message = call(&emulator, Method::POST, &messages, &reply)
        .await
        .json();
    let read = get(&emulator, &path).await.json();
    assert_eq!(read["status"], "open");
    assert_eq!(
        read["last_received_message_datetime"],
        "2026-01-05T09:01:00+00:00"
    );
    assert_eq!(read["messages"].as_array().unwrap().len(), 3);

    clock.advance(Duration::from_secs(60));
    let one = format!("{messages}/{}", message["id"]);
    let change = json!({"channel": "api", "from_agent": false, "body_text": "Never mind."});
    let changed = call(&emulator, Method::PUT, &one, &change).await.json();
    assert_eq!(changed["body_text"], "Never mind.");
    assert_eq!(get(&emulator, &one).await.json(), changed);
    let deleted = call(&emulator, Method::DELETE, &one, &Value::Null).await;
    assert_eq!(deleted.status, StatusCode::NO_CONTENT);
    assert_eq!(get(&emulator, &one).await.status, StatusCode::NOT_FOUND);
    assert_eq!(updated(&emulator, &path).await, "2026-01-05T09:01:00+00:00");
}

#[tokio::test]
async fn messages_come_in_numbered_pages_of_a_ticket_and_with_cursors_of_the_account() {
    let emulator = unlimited();
    let message = json!({"channel": "api", "from_agent": false});
    let messages: Vec<Value> = vec![message; 5];
    let ticket = create(&emulator, &json!({ "messages": messages })).await;
    create(&emulator, &minimal()).await;
    let path = format!("/api/tickets/{}/messages", ticket["id"]);
    let page = get(&emulator, &format!("{path}?limit=2&page=3"))
        .await
        .json();
    assert_eq!(page["data"].as_array().unwrap().len(), 1);
    assert_eq!(
        page["meta"],
        json!({"page": 3, "per_page": 2, "current_page": format!("{path}/?limit=2&page=3"),
            "item_count": 5, "nb_pages": 3})
    );
    let mut seen = Vec::new();
    let mut query = "limit=4".to_owned();
    loop {
        let page = get(&emulator, &format!("/api/messages?{query}"))
            .await
            .json();
        seen.extend(
            page["data"]
                .as_array()
                .unwrap()
                .iter()
                .map(|one| one["id"].as_i64()),
        );
        match page["meta"]["next_cursor"].as_str() {
            Some(cursor) => {
                query = format!(
                    "limit=4&cursor={}",
                    cursor.replace('=', "%3D").replace('+', "%2B")
                )
            }
            None => break,
        }
    }
    assert_eq!(seen.len(), 6);
    assert!(seen.is_sorted_by(|a, b| a > b), "{seen:?}");
    let query = format!("/api/messages?ticket_id={}", ticket["id"]);
    let of_one = get(&emulator, &query).await.json();
    assert_eq!(of_one["data"].as_array().unwrap().len(), 5);
}

#[tokio::test]
async fn tags_of_a_ticket_must_be_tags_of_the_account() {
    let emulator = unlimited();
    let tags =
        json!([{"id": 1, "name": "late"}, {"id": 2, "name": "Late"}, {"id": 3, "name": "vip"}]);
    emulator
        .load(json!({"tags": tags, "tickets": [{"id": 7}]}))
        .unwrap();
    let path = "/api/tickets/7/tags";
    let names = async || -> Vec<String> {
        let tags = get(&emulator, path).await.json();
        let tags = tags["data"].as_array().unwrap().iter();
        tags.map(|tag| tag["name"].as_str().unwrap().to_owned())
            .collect()
    };
    for (method, body, left) in [
        (
            Method::POST,
            json!({"names": ["late"], "ids": [3]}),
            vec!["late", "vip"],
        ),
        (Method::POST, json!({"names": ["vip"]}), vec!["late", "vip"]),
        (Method::DELETE, json!({"ids": [1]}), vec!["vip"]),
        (Method::PUT, json!({"names": ["Late"]}), vec!["Late"]),
        (Method::PUT, json!({}), vec![]),
    ] {
        let reply = call(&emulator, method.clone(), path, &body).await;
        assert!(reply.status.is_success(), "{body} {:?}", reply.body);
        assert!(reply.body.is_empty());
        assert_eq!(names().await, left, "{method} {body}");
    }
    for (method, body) in [
        (Method::POST, json!({"names": ["LATE"]})),
        (Method::DELETE, json!({"names": ["nobody"]})),
        (Method::PUT, json!({"ids": [4]})),
        (Method::POST, json!({})),
    ] {
        let reply = call(&emulator, method, path, &body).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{body}");
    }
    let change = json!({"tags": [{"name": "unknown"}]});
    let reply = call(&emulator, Method::PUT, "/api/tickets/7", &change).await;
    assert_eq!(
        reply.data(),
        json!({"tags": {"0": ["There is no tag of this name."]}})
    );
}

#[tokio::test]
async fn a_set_of_values_replaces_the_whole_and_must_keep_what_is_managed() {
    let emulator = unlimited();
    let choices = json!({"data_type": "text",
        "input_settings": {"input_type": "dropdown", "choices": ["a", "b"]}});
    let fields = json!([
        {"id": 1, "label": "Free"},
        {"id": 2, "label": "Chosen", "definition": choices},
        {"id": 3, "label": "Managed", "managed_type": "ai_intent"},
        {"id": 4, "label": "Of customers", "object_type": "Customer"},
    ]);
    let ticket = json!({"id": 7, "updated_datetime": "2026-01-01T00:00:00Z",
        "custom_fields": {"3": {"id": 3, "value": "x"}}});
    emulator
        .load(json!({"custom_fields": fields, "tickets": [ticket]}))
        .unwrap();
    let path = "/api/tickets/7/custom-fields";
    let set = async |values: Value| call(&emulator, Method::PUT, path, &values).await;
    let reply = set(json!([{"id": 1, "value": "one"}, {"id": 3, "value": "y"}])).await;
    let ids = |list: &Value| -> Vec<Value> {
        let values = list["data"].as_array().unwrap().iter();
        values.map(|value| value["field"]["id"].clone()).collect()
    };
    assert_eq!(ids(&reply.json()), [1, 3]);
    let reply = set(json!([{"id": 2, "value": "b"}, {"id": 3, "value": "y"}])).await;
    assert_eq!(ids(&reply.json()), [2, 3]);
    for (values, data) in [
        (
            json!([{"id": 2, "value": "b"}]),
            json!({"3": ["The value of a managed field cannot be deleted."]}),
        ),
        (
            json!([{"id": 2, "value": "c"}]),
            json!({"0": {"value": ["Must be one of: a, b."]}}),
        ),
        (
            json!([{"id": 1, "value": 5}]),
            json!({"0": {"value": ["Is not of the field's type."]}}),
        ),
        (
            json!([{"id": 4, "value": "x"}]),
            json!({"0": {"id": ["There is no custom field of a Ticket of this id."]}}),
        ),
    ] {
        let reply = set(values).await;
        assert_eq!(
            (reply.status, reply.data()),
            (StatusCode::BAD_REQUEST, data)
        );
    }
    let one = format!("{path}/2");
    let reply = call(&emulator, Method::PUT, &one, &json!("a")).await;
    assert!(reply.status.is_success());
    assert_eq!(get(&emulator, path).await.json()["data"][0]["value"], "a");
    let statuses = [StatusCode::NO_CONTENT, StatusCode::BAD_REQUEST];
    for status in statuses {
        let reply = call(&emulator, Method::DELETE, &one, &Value::Null).await;
        assert_eq!(reply.status, status);
    }
    assert_eq!(
        updated(&emulator, "/api/tickets/7").await,
        "2026-01-01T00:00:00+00:00"
    );
    // An update of the ticket does the same.
    let update = async |values: Value| {
        let body = json!({ "custom_fields": values });
        call(&emulator, Method::PUT, "/api/tickets/7", &body).await
    };
    let reply = update(json!([{"id": 1, "value": "one"}])).await;
    assert_eq!(reply.status, StatusCode::BAD_REQUEST);
    let reply = update(json!([{"id": 1, "value": "one"}, {"id": 3, "value": "z"}])).await;
    let values = &reply.json()["custom_fields"];
    assert_eq!(
        (&values["1"]["value"], &values["3"]["value"]),
        (&json!("one"), &json!("z"))
    );
    assert_eq!(values.get("2"), None);
}
