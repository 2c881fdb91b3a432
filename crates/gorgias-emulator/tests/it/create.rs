//! Tests of creating a ticket: defaults, and the people and tags that it finds
//! or makes.

use gorgias_emulator::{EmailSource, Emulator, Strictness, UnknownTags};
use http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{build, create, from_customer, get, minimal, post, request, send, unlimited};

#[tokio::test]
async fn a_created_ticket_can_be_read_back() {
    let emulator = unlimited();
    let created = create(&emulator, &from_customer("jane@example.com", json!({}))).await;
    let reply = get(&emulator, &format!("/api/tickets/{}", created["id"])).await;
    assert_eq!(reply.status, StatusCode::OK);
    let read = reply.json();
    for key in [
        "id",
        "uri",
        "status",
        "created_datetime",
        "updated_datetime",
    ] {
        assert_eq!(read[key], created[key], "{key}");
    }
}

#[tokio::test]
async fn reading_differs_from_creating_in_macros_and_customer_data() {
    let emulator = unlimited();
    let created = create(&emulator, &from_customer("jane@example.com", json!({}))).await;
    let read = get(&emulator, &format!("/api/tickets/{}", created["id"]))
        .await
        .json();
    assert_eq!(created["messages"][0]["macros"], json!([]));
    assert_eq!(read["messages"][0].get("macros"), None);
    assert_eq!(created["customer"].get("external_data"), None);
    assert_eq!(read["customer"]["external_data"], json!({}));
    assert_eq!(read["requester"]["ecommerce_data"], json!({}));
}

#[tokio::test]
async fn one_e_mail_is_one_customer_whatever_its_case() {
    let emulator = unlimited();
    let first = create(&emulator, &from_customer("Jane@Example.com", json!({}))).await;
    let second = create(&emulator, &from_customer("jane@example.COM", json!({}))).await;
    assert_eq!(first["customer"]["email"], "jane@example.com");
    assert_eq!(first["customer"]["id"], second["customer"]["id"]);
    assert_eq!(
        second["customer"]["channels"].as_array().map(Vec::len),
        Some(1)
    );
}

#[tokio::test]
async fn further_keys_update_the_customer_on_every_ticket() {
    let emulator = unlimited();
    let first = create(&emulator, &from_customer("jane@example.com", json!({}))).await;
    assert_eq!(first["customer"]["name"], Value::Null);
    let customer = json!({"id": first["customer"]["id"], "name": "Jane van Dyke"});
    create(
        &emulator,
        &from_customer("jane@example.com", json!({"customer": customer})),
    )
    .await;
    let read = get(&emulator, &format!("/api/tickets/{}", first["id"]))
        .await
        .json();
    assert_eq!(read["customer"]["firstname"], "Jane");
    assert_eq!(read["customer"]["lastname"], "Dyke");
    assert_eq!(read["messages"][0]["sender"]["name"], "Jane van Dyke");
}

#[tokio::test]
async fn anothers_e_mail_cannot_be_taken() {
    let emulator = unlimited();
    let jane = create(&emulator, &from_customer("jane@example.com", json!({}))).await;
    create(&emulator, &from_customer("joe@example.com", json!({}))).await;
    let customer = json!({"id": jane["customer"]["id"], "email": "joe@example.com"});
    let body = from_customer("jane@example.com", json!({"customer": customer}));
    let reply = post(&emulator, &body).await;
    assert_eq!(reply.status, StatusCode::BAD_REQUEST);
    let taken = json!(["This e-mail address belongs to another customer."]);
    assert_eq!(reply.data(), json!({"customer": {"email": taken}}));

    let mut body = from_customer("jane@example.com", json!({}));
    body["messages"][0]["sender"] =
        json!({"id": jane["customer"]["id"], "email": "joe@example.com"});
    let reply = post(&emulator, &body).await;
    let path = json!({"messages": {"0": {"sender": {"email": taken}}}});
    assert_eq!(reply.data(), path);
    assert_eq!(emulator.ticket_count(), 2);
}

#[tokio::test]
async fn the_customer_follows_from_the_first_message() {
    let strictness = Strictness::strict().email_source(EmailSource::AsDocumented);
    let emulator = build(Emulator::builder().strictness(strictness));
    let by_sender = json!({"via": "api", "messages": [{
        "channel": "email", "via": "email", "from_agent": false,
        "sender": {"email": "jane@example.com"}
    }]});
    let by_source = json!({"via": "api", "messages": [{
        "channel": "email", "via": "email", "from_agent": false,
        "source": {"type": "email", "from": {"address": "jane@example.com"}}
    }]});
    let outgoing = json!({"via": "api", "messages": [{
        "channel": "email", "via": "email", "from_agent": true,
        "sender": {"email": "agent@example.com"},
        "source": {"type": "email", "to": [{"address": "jane@example.com"}]}
    }]});
    for body in [by_sender, by_source, outgoing] {
        let ticket = create(&emulator, &body).await;
        assert_eq!(ticket["customer"]["email"], "jane@example.com", "{body}");
        assert_eq!(ticket["channel"], "email");
    }
    let nobody = create(&emulator, &minimal()).await;
    assert_eq!(nobody["customer"], Value::Null);
}

#[tokio::test]
async fn an_outgoing_message_without_a_sending_time_is_not_sent_yet() {
    let emulator = unlimited();
    let message = |keys: Value| {
        let mut message = json!({"channel": "sms", "via": "sms", "from_agent": true,
            "sender": {"email": "agent@example.com"}});
        message
            .as_object_mut()
            .unwrap()
            .extend(keys.as_object().unwrap().clone());
        json!({"via": "api", "created_datetime": "2026-01-01T00:00:00Z", "messages": [message]})
    };
    let sent = |ticket: Value| ticket["messages"][0]["sent_datetime"].clone();
    let to_send = create(&emulator, &message(json!({}))).await;
    assert_eq!(to_send["last_received_message_datetime"], Value::Null);
    assert_eq!(
        to_send["last_message_datetime"],
        "2026-01-01T00:00:00+00:00"
    );
    assert_eq!(sent(to_send), Value::Null);
    let imported = json!({"sent_datetime": "2020-07-01T12:00:00+02:00"});
    let imported = create(&emulator, &message(imported)).await;
    assert_eq!(sent(imported), "2020-07-01T10:00:00+00:00");
    let note = json!({"public": false, "channel": "internal-note"});
    let note = create(&emulator, &message(note)).await;
    assert_eq!(note["last_message_datetime"], Value::Null);
    assert_eq!(note["is_unread"], true);
    assert_eq!(sent(note), Value::Null);
}

#[tokio::test]
async fn an_agents_message_without_a_sender_is_from_whoever_asked() {
    let emulator = unlimited();
    let body = json!({"via": "api", "messages": [
        {"channel": "internal-note", "via": "api", "from_agent": true, "public": false}
    ]});
    let request = http::Request::post("/api/tickets")
        // agent@acme.example:key
        .header("authorization", "Basic YWdlbnRAYWNtZS5leGFtcGxlOmtleQ==")
        .header("content-type", "application/json; charset=utf-8")
        .body(body.to_string().into())
        .unwrap();
    let ticket = send(&emulator, request).await.json();
    assert_eq!(
        ticket["messages"][0]["sender"]["email"],
        "agent@acme.example"
    );
}

#[tokio::test]
async fn tags_are_made_by_name_and_keep_their_ids() {
    let emulator = unlimited();
    let tags = json!([{"name": "vip"}, {"name": "late", "decoration": {"color": "#F58D86"}}]);
    let first = create(
        &emulator,
        &from_customer("jane@example.com", json!({ "tags": tags })),
    )
    .await;
    let second = create(
        &emulator,
        &from_customer("jane@example.com", json!({"tags": [{"name": "late"}]})),
    )
    .await;
    assert_eq!(first["tags"][0]["name"], "vip");
    assert_eq!(first["tags"][1], second["tags"][0]);
    assert_eq!(second["tags"][0]["decoration"]["color"], "#F58D86");
}

#[tokio::test]
async fn a_tag_the_account_does_not_have_can_be_refused() {
    let strictness = Strictness::strict().unknown_tags(UnknownTags::Refused);
    let emulator = build(Emulator::builder().strictness(strictness));
    emulator
        .load(json!([{"id": 7, "tags": [{"id": 41, "name": "vip"}]}]))
        .unwrap();
    let with = |name: &str| from_customer("jane@example.com", json!({"tags": [{"name": name}]}));
    let ticket = create(&emulator, &with("vip")).await;
    assert_eq!(ticket["tags"][0]["id"], 41);
    let reply = post(&emulator, &with("VIP")).await;
    assert_eq!(
        reply.data(),
        json!({"tags": {"0": ["There is no tag of this name."]}})
    );
    assert_eq!(emulator.ticket_count(), 2);
}

#[tokio::test]
async fn custom_fields_are_shown_as_a_map_to_readers_alone() {
    let emulator = unlimited();
    let fields = json!([{"id": 12, "value": "Delivery::Late"}, {"id": 7, "value": true}]);
    let body = from_customer("jane@example.com", json!({ "custom_fields": fields }));
    let created = create(&emulator, &body).await;
    assert_eq!(created.get("custom_fields"), None);
    for query in ["", "?relationships=custom_fields"] {
        let path = format!("/api/tickets/{}{query}", created["id"]);
        let read = get(&emulator, &path).await.json();
        assert_eq!(read["custom_fields"]["12"]["value"], "Delivery::Late");
        assert_eq!(read["custom_fields"]["7"]["value"], true);
    }
    let list = get(&emulator, "/api/tickets").await.json();
    assert_eq!(list["data"][0]["custom_fields"]["7"]["value"], true);

    let without = create(&emulator, &minimal()).await;
    let path = format!("/api/tickets/{}", without["id"]);
    let read = get(&emulator, &path).await.json();
    assert_eq!(read.get("custom_fields"), None);
    let list = get(&emulator, "/api/tickets").await.json();
    assert_eq!(list["data"][0]["custom_fields"], json!({}));
}

#[tokio::test]
async fn what_is_given_is_kept() {
    let emulator = unlimited();
    let keys = json!({
        "external_id": "shop-1", "subject": "Order 1", "status": "closed", "priority": "high",
        "spam": true, "language": "fr", "meta": {"order": {"id": 9_007_199_254_740_993_i64}},
        "assignee_user": {"id": 5}, "assignee_team": {"id": 6},
        "trashed_datetime": "2026-01-02T03:04:05.678901+01:00"
    });
    let ticket = create(&emulator, &from_customer("jane@example.com", keys.clone())).await;
    for key in [
        "external_id",
        "subject",
        "status",
        "priority",
        "spam",
        "language",
        "meta",
    ] {
        assert_eq!(ticket[key], keys[key], "{key}");
    }
    assert_eq!(ticket["assignee_user"]["id"], 5);
    assert_eq!(ticket["assignee_user_id"], 5);
    assert_eq!(ticket["assignee_team"]["id"], 6);
    assert_eq!(
        ticket["trashed_datetime"],
        "2026-01-02T02:04:05.678901+00:00"
    );
    assert_ne!(ticket["closed_datetime"], Value::Null);
}

#[tokio::test]
async fn the_same_seed_gives_the_same_bytes() {
    let clock = || gorgias_emulator::Clock::manual(gorgias_emulator::Clock::EPOCH);
    let run = async |seed| {
        let emulator = crate::support::build(
            gorgias_emulator::Emulator::builder()
                .seed(seed)
                .clock(clock()),
        );
        let mut bytes = Vec::new();
        for email in ["jane@example.com", "joe@example.com"] {
            let reply = post(&emulator, &from_customer(email, json!({}))).await;
            bytes.push((format!("{:?}", reply.headers), reply.body));
        }
        bytes.push((String::new(), get(&emulator, "/api/tickets").await.body));
        let log = format!("{:?}", emulator.requests());
        (bytes, log)
    };
    assert_eq!(run(1).await, run(1).await);
    assert_ne!(run(1).await, run(2).await);
}

#[tokio::test]
async fn a_handle_and_its_clone_are_one_account() {
    let emulator = unlimited();
    create(&emulator.clone(), &minimal()).await;
    assert_eq!(emulator.ticket_count(), 1);
    assert_eq!(unlimited().ticket_count(), 0);
    let request = request(Method::GET, "/api/tickets")
        .body(bytes::Bytes::new())
        .unwrap();
    let reply = tower_service::Service::call(&mut emulator.service(), request).await;
    assert_eq!(reply.unwrap().status(), StatusCode::OK);
}

#[tokio::test]
async fn every_datetime_of_rfc_3339_is_taken_in_utc() {
    let emulator = unlimited();
    for (given, kept) in [
        ("2025-02-07T09:55:18Z", "2025-02-07T09:55:18+00:00"),
        ("2025-02-07t09:55:18.5z", "2025-02-07T09:55:18.500000+00:00"),
        (
            "2025-02-07T09:55:18.1234567+02:00",
            "2025-02-07T07:55:18.123456+00:00",
        ),
        (
            "9999-12-31T23:59:59-01:00",
            "9999-12-31T23:59:59.999999+00:00",
        ),
        ("0000-01-01T00:00:00+01:00", "0000-01-01T00:00:00+00:00"),
        ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00+00:00"),
    ] {
        let body = from_customer("jane@example.com", json!({"opened_datetime": given}));
        let ticket = create(&emulator, &body).await;
        assert_eq!(ticket["opened_datetime"], kept, "{given}");
    }
}
